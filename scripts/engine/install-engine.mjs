/**
 * Installs the compute engine: @tensorflow/tfjs-node-gpu on a current TensorFlow.
 *
 * Ladder: the runtime in the cache → TensorFlow's Python wheel → the package's own downloader →
 * WebAssembly, which npm has installed already. Each choice is said; running it again costs nothing.
 * `SEEDMASK_ENGINE_CACHE` moves the cache; `SEEDMASK_ENGINE=wheel|downloader|wasm` takes that rung alone.
 */
import { pathToFileURL } from "node:url";
import {
  ensureBinding,
  forgetBinding,
  linkRuntime,
  packageFolder,
  proveEngine,
} from "./binding.mjs";
import { ensureRuntime, hasNvidiaGpu, TENSORFLOW_VERSION } from "./runtime.mjs";
import { run, timed } from "./steps.mjs";

const describe = ({ tensorflow, gpu }) => `TensorFlow ${tensorflow} on the ${gpu ? "GPU" : "CPU"}`;

/** A binding from the cache that does not load here (another libc, an upgrade) is built anew, once. */
async function bindAndProve(runtime, { log }) {
  const { cached } = await ensureBinding(runtime, { log });
  try {
    return await timed(log, "loaded it and multiplied two matrices", proveEngine);
  } catch (cause) {
    if (!cached) throw cause;
    log("engine: the cached binding does not load here, so it is compiled again");
    await forgetBinding(runtime);
    await ensureBinding(runtime, { log });
    return timed(log, "loaded it and multiplied two matrices", proveEngine);
  }
}

async function fromWheel({ log }) {
  const gpu = await hasNvidiaGpu();
  log(
    `engine: ${gpu ? "NVIDIA GPU found" : "no NVIDIA GPU found"}, TensorFlow ${TENSORFLOW_VERSION}`,
  );
  const { folder, cached } = await ensureRuntime({ gpu, log });
  if (cached) log(`engine: runtime is in the cache, ${folder}`);
  await linkRuntime(folder);
  return bindAndProve(folder, { log });
}

async function fromDownloader({ log }) {
  await timed(log, "ran the downloader of tfjs-node-gpu", () =>
    run(process.execPath, ["scripts/install.js", "gpu", "download"], { cwd: packageFolder() }),
  );
  return timed(log, "loaded it and multiplied two matrices", proveEngine);
}

/** The npm packages of the WebAssembly backend; slow, but it needs nothing of the machine. */
async function fromWasm() {
  const program = `
    const tf = require("@tensorflow/tfjs");
    require("@tensorflow/tfjs-backend-wasm");
    tf.setBackend("wasm").then(async (taken) => {
      const product = taken ? await tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).data() : [];
      process.exit(product[0] === 8 ? 0 : 1);
    });`;
  await run(process.execPath, ["-e", program], { cwd: packageFolder(), timeoutSeconds: 120 });
  return { backend: "wasm", gpu: false, tensorflow: null };
}

const RUNGS = [
  ["wheel", fromWheel],
  ["downloader", fromDownloader],
  ["wasm", fromWasm],
];

const REMEDY = {
  wheel:
    "The wheel needs python3 with pip (Debian: apt install python3-pip), a C++ compiler and make (apt install build-essential), and a way to the Python package index.",
  downloader: "The downloader needs a way to storage.googleapis.com.",
  wasm: "WebAssembly needs the npm packages: run npm ci.",
};

const firstLines = (error) => String(error.message).split("\n").slice(0, 6).join("\n  ");

/**
 * Gives `{ rung, backend, gpu, tensorflow }` of the best engine that computes on this machine.
 *
 * @param {{ log?: (line: string) => void }} options
 */
export async function installEngine({ log = (line) => process.stdout.write(`${line}\n`) } = {}) {
  const asked = process.env.SEEDMASK_ENGINE;
  const rungs = asked === undefined ? RUNGS : RUNGS.filter(([name]) => name === asked);
  if (rungs.length === 0) {
    throw new Error(`SEEDMASK_ENGINE: expected wheel, downloader or wasm, got "${asked}".`);
  }
  const failed = [];
  for (const [rung, install] of rungs) {
    try {
      const facts = await install({ log });
      if (rung === "wasm") {
        log("engine: WebAssembly it is, many times slower than TensorFlow");
        for (const name of failed) log(`engine: for more speed: ${REMEDY[name]}`);
      } else {
        log(`engine: ready, ${describe(facts)}`);
      }
      return { rung, ...facts };
    } catch (error) {
      log(`engine: ${rung} not taken: ${firstLines(error)}`);
      failed.push(rung);
    }
  }
  throw new Error(
    `engine: no engine could be installed.\n${failed.map((name) => `- ${REMEDY[name]}`).join("\n")}`,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    await installEngine();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
