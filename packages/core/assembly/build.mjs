/**
 * Compiles the WebAssembly kernels (AssemblyScript, files ending in .as so that no TypeScript tool takes
 * them for TypeScript). `npm run build:wasm -w @seedmask/core` writes src/crf/dense-crf-wasm.ts; a test
 * compiles anew and compares, so the committed bytes can never be older than their source.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const OPTIONS = ["-O3", "--noAssert", "--runtime", "stub", "--enable", "simd"];

/** The compiled module's bytes. */
export async function compileDenseCrf() {
  let binary;
  const { error, stderr } = await asc.main(["dense-crf.ts", "--outFile", "out.wasm", ...OPTIONS], {
    readFile: (name) => {
      const source = new URL(name.replace(/\.ts$/, ".as"), import.meta.url);
      return existsSync(source) ? readFileSync(source, "utf8") : null;
    },
    writeFile: (_name, contents) => (binary = contents),
    listFiles: () => [],
  });
  if (error !== null || binary === undefined) throw new Error(stderr.toString(), { cause: error });
  return binary;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  // A TypeScript file and not a .wasm one: a room reads no files.
  const base64 = Buffer.from(await compileDenseCrf()).toString("base64");
  writeFileSync(
    new URL("../src/crf/dense-crf-wasm.ts", import.meta.url),
    `/** Generated from packages/core/assembly by \`npm run build:wasm\`; do not edit. */\n` +
      `export const DENSE_CRF_WASM =\n  "${base64}";\n`,
  );
}
