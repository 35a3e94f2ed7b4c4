import { readdir, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { exists, makeFolder, readJson, run, timed } from "./steps.mjs";

export const TENSORFLOW_VERSION = "2.21.0";

const PLATFORM_TAGS = {
  x64: ["manylinux_2_27_x86_64", "manylinux2014_x86_64"],
  arm64: ["manylinux_2_27_aarch64", "manylinux2014_aarch64"],
};
/** A Python that TensorFlow publishes for, where this machine's own is too old or too new. */
const PUBLISHED_PYTHON = "3.12";

export const cacheFolder = () =>
  process.env.SEEDMASK_ENGINE_CACHE ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "seedmask", "engine");

/** Whether this machine has an NVIDIA driver that answers. */
export const hasNvidiaGpu = () =>
  run("nvidia-smi", ["--list-gpus"], { timeoutSeconds: 20 }).then(
    (listing) => listing.includes("GPU "),
    () => false,
  );

/** The wheel that carries the C library for this machine. */
export function wheelName({ gpu }) {
  if (process.platform !== "linux" || PLATFORM_TAGS[process.arch] === undefined) {
    throw new Error(
      `no TensorFlow wheel with a C library for ${process.platform}-${process.arch} (Linux x64 and arm64 have one)`,
    );
  }
  return gpu || process.arch === "arm64" ? "tensorflow" : "tensorflow-cpu";
}

/** Where the unpacked runtime of one wheel lives; the key holds all that its content depends on. */
export const runtimeFolder = ({ gpu }) =>
  join(
    cacheFolder(),
    `${wheelName({ gpu })}${gpu ? "-cuda" : ""}-${TENSORFLOW_VERSION}-${process.platform}-${process.arch}`,
  );

const pipDownload = (folder, requirements, options) =>
  run("python3", [
    ...["-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps"],
    ...["--only-binary=:all:", "--retries", "1", "--timeout", "20", "--dest", folder],
    ...options,
    ...requirements,
  ]);

/**
 * Only C libraries are taken out of a wheel, so the Python it is made for does not matter: first the
 * one that fits this machine's Python, else one that TensorFlow surely publishes.
 */
const downloadWheels = (folder, requirements) =>
  pipDownload(folder, requirements, []).catch(() =>
    pipDownload(folder, requirements, [
      ...["--python-version", PUBLISHED_PYTHON],
      ...PLATFORM_TAGS[process.arch].flatMap((tag) => ["--platform", tag]),
    ]),
  );

/** Streams the wanted members of every wheel in a folder to disk; prints the `and-cuda` requirements. */
const UNPACK = `
import glob, os, re, shutil, sys, zipfile
source, target = sys.argv[1:]
wanted = re.compile(r"tensorflow/(include/(tensorflow/c|tensorflow/core/platform|tsl|xla/tsl)/|lib[^/]*\\.so\\.2$)|nvidia/.*(/lib/.*\\.so[.\\d]*$|/nvvm/|/bin/ptxas$)|.*\\.dist-info/(METADATA|licenses?/|LICENSE)")
for wheel in glob.glob(os.path.join(source, "*.whl")):
    with zipfile.ZipFile(wheel) as archive:
        for member in archive.infolist():
            if not member.is_dir() and wanted.match(member.filename):
                path = archive.extract(member, target)
                os.chmod(path, 0o755 if path.endswith("ptxas") else 0o644)
                if member.filename.endswith("METADATA"):
                    for line in archive.read(member).decode().splitlines():
                        if line.startswith("Requires-Dist: nvidia-") and "and-cuda" in line:
                            print(line.split(";")[0].removeprefix("Requires-Dist: ").strip())
    os.remove(wheel)
`;

const unpackWheels = async (folder, target) =>
  (await run("python3", ["-c", UNPACK, folder, target])).split("\n").filter((line) => line !== "");

async function fillRuntime(draft, { gpu, log }) {
  const wheels = join(draft, ".wheels");
  const requirement = `${wheelName({ gpu })}==${TENSORFLOW_VERSION}`;
  await timed(log, `downloaded ${requirement}`, () => downloadWheels(wheels, [requirement]));
  const cuda = await timed(log, "unpacked its C library and headers", () =>
    unpackWheels(wheels, draft),
  );
  if (gpu) {
    await timed(log, `downloaded ${cuda.length} CUDA wheels`, () => downloadWheels(wheels, cuda));
    await timed(log, "unpacked the CUDA libraries", () => unpackWheels(wheels, draft));
  }
  await rm(wheels, { recursive: true, force: true });
  await writeFile(
    join(draft, "runtime.json"),
    `${JSON.stringify({ tensorflow: TENSORFLOW_VERSION, wheel: requirement, cuda }, null, 2)}\n`,
  );
}

/**
 * Puts TensorFlow's C library and headers into the cache, from TensorFlow's own Python wheel.
 *
 * Gives `{ folder, cached }`. The folder keeps the wheel's layout (`tensorflow/`, `nvidia/`), because
 * the libraries find each other by paths relative to their own.
 */
export async function ensureRuntime({ gpu, log }) {
  const folder = runtimeFolder({ gpu });
  if (await exists(join(folder, "runtime.json"))) return { folder, cached: true };
  await makeFolder(folder, (draft) => fillRuntime(draft, { gpu, log }));
  return { folder, cached: false };
}

/** Runtimes in the cache, for messages: `[{ folder, tensorflow }]`. */
export async function cachedRuntimes() {
  const names = await readdir(cacheFolder()).catch(() => []);
  const found = [];
  for (const name of names.toSorted()) {
    const facts = join(cacheFolder(), name, "runtime.json");
    if (await exists(facts)) found.push({ folder: name, ...(await readJson(facts)) });
  }
  return found;
}
