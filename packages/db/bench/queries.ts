import { mkdtemp, chmod, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Database } from "../src/client.ts";
import { leaderboard } from "../src/evaluations/leaderboard.ts";
import { compareImages } from "../src/evaluations/image-results.ts";
import { listGallery } from "../src/evaluations/list-gallery.ts";
import { listRuns, type RunColumn, type RunSort } from "../src/runs/list-runs.ts";
import { ensureTestServer } from "../test/test-server.ts";
import { createTestDatabase } from "../test/with-database.ts";
import { seedBenchRuns, seedImages, seedTiles } from "./seed-rows.ts";

/** Times the list queries at two sizes. Exits 1 where a budget of product.md 4.8 is missed. */
const { values } = parseArgs({
  options: {
    repeats: { type: "string", default: "60" },
    json: { type: "boolean", default: false },
  },
});
const REPEATS = Number(values.repeats);
const BUDGETS = { runs: 150, tiles: 100, ratio: 3 };
const COLUMNS: RunColumn[] = [
  "status", "name", "recipe", "datasetName", "datasetVersion", "stage", "meanIou", "classIous",
  "duration", "ownerName", "createdAt", "stagesDone",
]; // prettier-ignore

interface Timing {
  readonly median: number;
  readonly p95: number;
}

async function time(work: (repeat: number) => Promise<unknown>): Promise<Timing> {
  const times: number[] = [];
  for (let repeat = -5; repeat < REPEATS; repeat += 1) {
    const begin = performance.now();
    await work(repeat + 5);
    if (repeat >= 0) times.push(performance.now() - begin);
  }
  times.sort((a, b) => a - b);
  return { median: times[REPEATS >> 1]!, p95: times[Math.floor(REPEATS * 0.95)]! };
}

const SORTS: RunSort[] = ["createdAt", "name", "status", "meanIou", "duration"];

async function timeRuns(db: Database, policyKey: string): Promise<Record<string, Timing>> {
  const page = async (sort: RunSort): Promise<void> => {
    const input = { sort: { by: sort, direction: "desc" }, columns: COLUMNS, limit: 50 } as const;
    const first = await listRuns(db, input);
    if (first.next !== null) await listRuns(db, { ...input, cursor: first.next });
  };
  const filter = { status: ["succeeded"], tags: { any: ["batch-3"] }, search: "shapes" } as const;
  return {
    "runs: two pages, any sort": await time((n) => page(SORTS[n % SORTS.length]!)),
    "runs: filtered, with total": await time(() =>
      listRuns(db, { filter, columns: COLUMNS, withTotal: true }),
    ),
    leaderboard: await time(() => leaderboard(db, { policyKey, limit: 50 })),
  };
}

async function timeTiles(db: Database, evaluationIds: number[]): Promise<Record<string, Timing>> {
  const gallery = async (options: object): Promise<void> => {
    const input = { evaluationIds, limit: 60, ...options };
    const first = await listGallery(db, input);
    if (first.next !== null) await listGallery(db, { ...input, cursor: first.next });
  };
  return {
    "tiles: worst first, all stages": await time(() => gallery({})),
    "tiles: one class, range, total": await time((n) =>
      gallery({ label: 1 + (n % 20), minIou: 0.2, maxIou: 0.6, withTotal: true }),
    ),
    "tiles: one stage, split, best first": await time((n) =>
      gallery({
        evaluationIds: [evaluationIds[n % evaluationIds.length]!],
        split: "val",
        sort: { by: "iou", direction: "desc" },
      }),
    ),
    "tiles: change between two stages": await time(() =>
      compareImages(db, { left: evaluationIds[0]!, right: evaluationIds[4]!, first: "lost" }),
    ),
  };
}

const folder = await mkdtemp(join(tmpdir(), "seedmask-bench-"));
await chmod(folder, 0o755);
const results: Record<string, Timing>[] = [];
try {
  for (const { runs, images } of [
    { runs: 100, images: 106 },
    { runs: 10_000, images: 10_582 },
  ]) {
    const { db, drop } = await createTestDatabase(folder);
    const manifest = await seedImages(db, images);
    const policyKey = await seedBenchRuns(db, manifest, runs);
    const ids = await seedTiles(db, manifest.hash, 5);
    results.push({ ...(await timeRuns(db, policyKey)), ...(await timeTiles(db, ids)) });
    await drop();
  }
} finally {
  await (await ensureTestServer(folder)).stop();
  await rm(folder, { recursive: true, force: true });
}

const [small, large] = results as [Record<string, Timing>, Record<string, Timing>];
const rows = Object.entries(large).map(([name, timing]) => {
  const budget = name.startsWith("tiles") ? BUDGETS.tiles : BUDGETS.runs;
  const ratio = timing.median / small[name]!.median;
  const ok = timing.p95 <= budget && (!name.startsWith("runs: two") || ratio <= BUDGETS.ratio);
  return { name, median: timing.median, p95: timing.p95, budget, ratio, ok };
});
if (values.json) process.stdout.write(`${JSON.stringify(rows)}\n`);
else {
  for (const { name, median, p95, budget, ratio, ok } of rows) {
    const figures = `median ${median.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms of ${budget}, ${ratio.toFixed(1)}× small`;
    process.stdout.write(`${ok ? "ok  " : "MISS"} ${name.padEnd(36)} ${figures}\n`);
  }
}
if (!rows.every(({ ok }) => ok)) process.exitCode = 1;
