import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder } from "../../test/make-folder.ts";
import { tinyPng } from "../../test/tiny-images.ts";
import { importDataset } from "./import-dataset.ts";

const PROGRAM = `
  const { importDataset } = await import(process.argv[1]);
  const stop = (done) => { if (done === 3) process.kill(process.pid, "SIGKILL"); };
  await importDataset(process.argv[2], { home: process.argv[3], onProgress: stop });
`;

describe("importDataset, killed", () => {
  it("leaves no dataset, and the next import clears up and succeeds", async () => {
    const files: Record<string, string | Uint8Array> = {};
    const ids = Array.from({ length: 8 }, (_, i) => `image ${i}`);
    for (const [i, id] of ids.entries()) files[`images/${id}.png`] = await tinyPng(i);
    const labels = ids.map((id) => `${id},cat\n`).join("");
    const source = await makeFolder({ ...files, "labels.csv": `id,classes\n${labels}` });
    const home = await makeFolder();
    const entry = new URL("import-dataset.ts", import.meta.url).href;
    const child = spawn(process.execPath, [
      "--input-type=module",
      "-e",
      PROGRAM,
      entry,
      source,
      home,
    ]);
    const [, signal] = await once(child, "exit");
    expect(signal).toBe("SIGKILL");
    const left = await readdir(join(home, "datasets"));
    expect(left).toEqual([expect.stringMatching(/^\.import-/)]);

    const { manifest } = await importDataset(source, { home });
    expect(await readdir(join(home, "datasets"))).toEqual([manifest.hash]);
  });
});
