import { Readable } from "node:stream";
import { type EvaluationSummary, getRun, NotFoundError, readImageCounts } from "../../index.ts";
import { csvLine } from "@seedmask/core/contract";
import type { ExportRequest, ExportSource } from "./source.ts";

interface Scored {
  readonly evaluations: readonly EvaluationSummary[];
  readonly nameOf: (label: number) => string;
}

async function findScored({ db }: ExportSource, request: ExportRequest): Promise<Scored> {
  const run = await getRun(db, request.runId);
  const evaluations = run.evaluations.filter(({ stage }) => stage === request.stage);
  if (evaluations.length === 0) {
    throw new NotFoundError(
      `export: expected results of ${request.stage} in run ${run.name}, found none. ` +
        "Choose a stage that was scored.",
    );
  }
  const names = ["background", ...run.dataset.classes];
  return { evaluations, nameOf: (label) => names[label] ?? `label ${label}` };
}

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** One line per image and label with pixel counts; a label absent from an image has none. */
export async function exportImageResults(
  source: ExportSource,
  request: ExportRequest,
): Promise<Readable> {
  return Readable.from(imageLines(source, await findScored(source, request)), {
    objectMode: false,
  });
}

async function* imageLines(
  { db }: ExportSource,
  { evaluations, nameOf }: Scored,
): AsyncGenerator<string> {
  yield csvLine(
    "image,split,label,class,iou,precision,recall,true_positives,false_positives,false_negatives".split(
      ",",
    ),
  );
  for (const { id } of evaluations) {
    for await (const row of readImageCounts(db, id)) {
      const { truePositives: hit, falsePositives: extra, falseNegatives: missed } = row;
      yield csvLine([
        row.imageId,
        row.split,
        row.label,
        nameOf(row.label),
        ratio(hit, hit + extra + missed),
        ratio(hit, hit + extra),
        ratio(hit, hit + missed),
        hit,
        extra,
        missed,
      ]);
    }
  }
}

/** One line per split and label over the whole split; an absent label has empty cells, not 0. */
export async function exportClassResults(
  source: ExportSource,
  request: ExportRequest,
): Promise<Readable> {
  const { evaluations, nameOf } = await findScored(source, request);
  const lines = evaluations.flatMap(({ split, images, meanIou, classes }) => [
    ...classes.map(({ label, iou, precision, recall }) =>
      csvLine([split, images, label, nameOf(label), iou, precision, recall]),
    ),
    csvLine([split, images, null, "mean", meanIou, null, null]),
  ]);
  const head = csvLine("split,images,label,class,iou,precision,recall".split(","));
  return Readable.from([head, ...lines], { objectMode: false });
}
