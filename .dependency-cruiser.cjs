/**
 * The dependency table of docs/architecture.md, as errors. Packages meet only through their
 * `exports`; these are the finer walls: rooms, the one door to TensorFlow, the one door to SQL.
 * scripts/check-boundaries.test.mjs plants a violation of each rule and sees it caught.
 */
const CORE = "^packages/core/src";
const TEST = "^(packages|apps)/.*(\\.test\\.tsx?$|/(test|testing|bench)/)";
const FOUNDATIONS = "contract|tensor|data|backbones|compute-pool|score-maps|pipeline";
/** npm packages resolve to node_modules; a package that is not installed stays its bare name. */
const npm = (names) => `(^|node_modules/)(${names})(/|$)`;
const TENSORFLOW = npm("@tensorflow");
const SQL = npm("drizzle-orm|pg|pg-boss");

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

module.exports = {
  forbidden: [
    rule(
      "no-circular",
      "Two files that need each other are one idea, or hide a third.",
      {},
      {
        circular: true,
        viaOnly: { dependencyTypesNot: ["type-only"] },
      },
    ),
    rule("no-unresolvable", "The import leads nowhere.", {}, { couldNotResolve: true }),
    rule("no-shipped-tests", "Only tests import tests.", { pathNot: TEST }, { path: TEST }),
    rule(
      "contract-knows-nobody",
      "The contract is read by browser, database and worker: plain data and zod only.",
      { path: `${CORE}/contract/`, pathNot: TEST },
      { pathNot: [`${CORE}/contract/`, "^packages/core/configs/", npm("zod")] },
    ),
    rule(
      "one-door-to-tensorflow",
      "Import tf from tensor/tf.ts; raw ops and gradients live in core/tensor.",
      { pathNot: `${CORE}/tensor/` },
      { path: TENSORFLOW },
    ),
    rule(
      "one-door-to-sql",
      "Ask packages/db for a verb; only it knows SQL and the queue.",
      { pathNot: "^packages/db/" },
      { path: SQL },
    ),
    rule(
      "tensor-is-the-floor",
      "core/tensor may use the contract only.",
      { path: `${CORE}/tensor/`, pathNot: TEST },
      { path: `${CORE}/(?!contract/|tensor/)` },
    ),
    rule(
      "data-stays-below",
      "core/data may use contract and tensor.",
      { path: `${CORE}/data/`, pathNot: TEST },
      { path: `${CORE}/(?!contract/|tensor/|data/)` },
    ),
    rule(
      "backbones-stay-below",
      "core/backbones may use contract and tensor.",
      { path: `${CORE}/backbones/`, pathNot: TEST },
      { path: `${CORE}/(?!contract/|tensor/|backbones/)` },
    ),
    rule(
      "rooms-meet-in-the-pipeline",
      "A room receives values; pipeline/stages composes rooms.",
      { path: `${CORE}/(?!(?:${FOUNDATIONS})/)([^/]+)/` },
      {
        path: `${CORE}/(?!contract/|tensor/|data/|backbones/|compute-pool/|score-maps/)`,
        pathNot: `${CORE}/$1/`,
      },
    ),
    rule(
      "rooms-see-data-as-types",
      "A room is pure on tensors and typed arrays: no files. Import types of core/data only.",
      { path: `${CORE}/(?!(?:${FOUNDATIONS})/)`, pathNot: TEST },
      { path: `${CORE}/data/`, dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "core-knows-no-product",
      "core is mathematics and the pipeline: no database, no web, no job.",
      { path: "^packages/core/" },
      { path: "^(packages/(?!core/)|apps/)" },
    ),
    rule(
      "db-speaks-contract",
      "db may use core/contract and core/plan, its exports also core/masks, and no app.",
      { path: "^packages/db/" },
      {
        path: [
          `${CORE}/(?!contract/|data/masks\\.ts|pipeline/plan\\.ts)`,
          "^packages/ui/",
          "^apps/",
        ],
      },
    ),
    rule(
      "ui-knows-nobody",
      "Everything comes in as props.",
      { path: "^packages/ui/" },
      {
        path: "^(packages/(?!ui/)|apps/)",
      },
    ),
    rule(
      "worker-uses-public-doors",
      "worker may use contract, pipeline, plan, tensor/backend and db.",
      { path: "^apps/worker/" },
      {
        path: [
          `${CORE}/(?!contract/index|pipeline/index|pipeline/plan\\.ts|tensor/backend)`,
          "^packages/ui/",
          "^apps/web/",
        ],
      },
    ),
    rule(
      "web-loads-no-tensorflow",
      "No tfjs byte reaches the dashboard's server or browser bundle.",
      { path: "^apps/web/" },
      { path: TENSORFLOW, reachable: true },
    ),
    rule(
      "web-sees-contract-only",
      "Of core the web may enter the contract.",
      { path: "^apps/web/" },
      { path: [`${CORE}/(?!contract/)`, "^apps/worker/"] },
    ),
    rule(
      "screens-ask-over-trpc",
      "A screen runs in the browser: it may know types of the server, never its values.",
      { path: "^apps/web/src/(features|trpc/(?!server))" },
      { path: ["^apps/web/src/server/", "^packages/db/"], dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "tests-use-public-doors",
      "A test of the whole uses what users of a package have: contract, pipeline, db verbs.",
      { path: "^tests/" },
      {
        path: [
          `${CORE}/(?!contract/index|pipeline/index|tensor/backend)`,
          "^packages/ui/",
          "^apps/[^/]+/src/",
        ],
      },
    ),
  ],
  options: {
    parser: "swc",
    tsPreCompilationDeps: "specify",
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.next/|/dist/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "types", "default"],
      extensions: [".ts", ".tsx", ".mjs", ".js", ".json"],
    },
  },
};
