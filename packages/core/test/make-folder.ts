import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

type Files = Readonly<Record<string, string | Uint8Array>>;

async function writeFolder(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "seedmask-test-"));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
  }
  return folder;
}

const removeFolder = (folder: string) => rm(folder, { recursive: true, force: true });

/** A folder with these files, removed when the test ends. */
export async function makeFolder(files: Files = {}): Promise<string> {
  const folder = await writeFolder(files);
  onTestFinished(() => removeFolder(folder));
  return folder;
}

/** The same for `beforeAll`: removed when the file's tests have ended. */
export async function makeFolderUntilEnd(files: Files = {}): Promise<string> {
  const folder = await writeFolder(files);
  afterAll(() => removeFolder(folder));
  return folder;
}
