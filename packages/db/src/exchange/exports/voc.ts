import { Readable } from "node:stream";
import { artifactKey, maskPath } from "@seedmask/core/contract";
import { ZipFile } from "yazl";
import { masksOf, safePath } from "./masks-of.ts";
import { type ExportRequest, type ExportSource, findMasks, type MaskStage } from "./source.ts";

/** The same export is the same bytes: entries carry no time of their own. */
const ENTRY_OPTIONS = { mtime: new Date(Date.UTC(2000, 0, 1)), forceDosTimestamp: true };
/** PNG is compressed already. */
const STORED = { ...ENTRY_OPTIONS, compress: false };

/**
 * Masks as a zip in VOC layout: `SegmentationClass/ID.png` with the palette, `ImageSets/Segmentation/
 * SPLIT.txt`, `classes.txt` and `provenance.json`. One mask is in memory at a time.
 */
export async function exportVoc(source: ExportSource, request: ExportRequest): Promise<Readable> {
  const masks = await findMasks(source, request);
  const zip = new ZipFile();
  fill(zip, source, request, masks).catch((error: Error) => zip.emit("error", error));
  const output = new Readable().wrap(zip.outputStream);
  zip.on("error", (error) => output.destroy(error));
  return output;
}

async function fill(
  zip: ZipFile,
  source: ExportSource,
  { stage }: ExportRequest,
  masks: MaskStage,
): Promise<void> {
  const { run, artifact } = masks;
  const splits = new Map<string, string[]>();
  for await (const image of masksOf(source, masks)) {
    const name = safePath(image.id);
    splits.set(image.split, [...(splits.get(image.split) ?? []), name]);
    const open = (done: (error: unknown, stream: NodeJS.ReadableStream) => void): void => {
      source.files.getStream(artifactKey(artifact, maskPath(image.key))).then(
        (stream) => done(null, stream),
        (error: unknown) => done(error, Readable.from([])),
      );
    };
    zip.addReadStreamLazy(`SegmentationClass/${name}.png`, STORED, open);
  }
  const text = (path: string, lines: readonly string[]): void =>
    zip.addBuffer(Buffer.from(lines.map((line) => `${line}\n`).join("")), path, ENTRY_OPTIONS);
  for (const [split, names] of splits) {
    text(`ImageSets/Segmentation/${safePath(split)}.txt`, names);
  }
  text("classes.txt", ["background", ...run.dataset.classes]);
  const { id, name, dataset, config, codeVersion } = run;
  const facts = { run: { id, name, config, codeVersion }, stage, artifact, dataset };
  text("provenance.json", [JSON.stringify(facts, null, 2)]);
  zip.end();
}
