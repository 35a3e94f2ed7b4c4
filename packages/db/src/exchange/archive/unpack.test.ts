import { createWriteStream } from "node:fs";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { gzipSync } from "node:zlib";
import { type Header, pack } from "tar-stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { ZipFile } from "yazl";
import { unpackArchive } from "./unpack.ts";

let home: string;
let folder: string;
let file: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "seedmask-archive-"));
});
beforeEach(async () => {
  const own = await mkdtemp(join(home, "case-"));
  folder = join(own, "out");
  file = join(own, "archive");
  await mkdir(folder);
});
afterAll(() => rm(home, { recursive: true }));

const { signal } = new AbortController();
const unpack = (limits = {}) =>
  unpackArchive(file, folder, {
    signal,
    limits: { entries: 10, fileBytes: 5000, totalBytes: 5000, ratio: 200, ...limits },
  });

async function zipOf(entries: readonly [name: string, content: string, mode?: number][]) {
  const zip = new ZipFile();
  for (const [name, content, mode] of entries) {
    zip.addBuffer(Buffer.from(content), name, mode === undefined ? {} : { mode });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(file));
}

async function tarOf(
  entries: readonly (Partial<Header> & { name: string; content?: string })[],
  gzip = false,
) {
  const tar = pack();
  for (const { content, ...header } of entries) tar.entry(header, content ?? "");
  tar.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of tar) chunks.push(chunk as Buffer);
  const bytes = Buffer.concat(chunks);
  await writeFile(file, gzip ? gzipSync(bytes) : bytes);
}

describe("unpackArchive", () => {
  it("unpacks zip, tar and tar.gz by content, not by name", async () => {
    await zipOf([["a/b.txt", "zip"]]);
    expect(await unpack()).toEqual({ entries: 1 });
    expect(await readFile(join(folder, "a/b.txt"), "utf8")).toBe("zip");
    await tarOf([{ name: "t.txt", content: "tar" }]);
    await unpack();
    expect(await readFile(join(folder, "t.txt"), "utf8")).toBe("tar");
    await tarOf([{ name: "./g.txt", content: "gzip" }], true);
    await unpack();
    expect(await readFile(join(folder, "g.txt"), "utf8")).toBe("gzip");
  });

  it("refuses names that lead out of the folder", async () => {
    for (const name of [
      "../out.txt",
      "/etc/out.txt",
      "a/../../out.txt",
      "C:/out.txt",
      "a\\out.txt",
    ]) {
      await tarOf([{ name, content: "x" }]);
      await expect(unpack(), name).rejects.toThrow("inside the archive's folder");
    }
    await zipOf([["aa/out.txt", "x"]]);
    const bytes = await readFile(file, "latin1");
    await writeFile(file, bytes.replaceAll("aa/out.txt", "../out.txt"), "latin1");
    await expect(unpack()).rejects.toThrow("Nothing was imported");
  });

  it("refuses links and devices", async () => {
    for (const type of ["symlink", "link", "character-device", "fifo"] as const) {
      await tarOf([{ name: "x", type, linkname: "/etc/passwd" }]);
      await expect(unpack(), type).rejects.toThrow("files and folders only");
    }
    await zipOf([["x", "/etc/passwd", 0o120777]]);
    await expect(unpack()).rejects.toThrow("files and folders only");
  });

  it("stops at too many entries, too many bytes and a bomb", async () => {
    await tarOf(Array.from({ length: 11 }, (_, at) => ({ name: `${at}`, content: "x" })));
    await expect(unpack()).rejects.toThrow("at most 10 entries");
  });

  it("stops at files that are too large alone, together, or for their packed size", async () => {
    await zipOf([["x", "a".repeat(6000)]]);
    await expect(unpack()).rejects.toThrow("files of at most 5000 bytes");
    await zipOf([
      ["y", "a".repeat(3000)],
      ["z", "b".repeat(3000)],
    ]);
    await expect(unpack()).rejects.toThrow("at most 5000 bytes unpacked");
    await zipOf([["bomb", "0".repeat(4 * 2 ** 20)]]);
    const roomy = { fileBytes: 2 ** 30, totalBytes: 2 ** 30 };
    await expect(unpack(roomy)).rejects.toThrow("bytes unpacked");
  });

  it("refuses a name given twice, a damaged archive and what is none", async () => {
    await tarOf([
      { name: "x", content: "1" },
      { name: "x", content: "2" },
    ]);
    await expect(unpack()).rejects.toThrow("Nothing was imported");
    await zipOf([["x", "content"]]);
    await writeFile(file, (await readFile(file)).subarray(0, 60));
    await expect(unpack()).rejects.toThrow("an archive that can be read");
    await writeFile(file, "hello");
    await expect(unpack()).rejects.toThrow("a zip, tar or tar.gz");
  });
});
