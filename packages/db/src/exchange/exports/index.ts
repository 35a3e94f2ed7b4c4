import type { Readable } from "node:stream";
import type { StageName } from "@seedmask/core/contract";
import { exportCoco } from "./coco.ts";
import { exportClassResults, exportImageResults } from "./results.ts";
import type { ExportRequest, ExportSource } from "./source.ts";
import { exportVoc } from "./voc.ts";

export { type ExportRequest, type ExportSource } from "./source.ts";

/** What a run can be taken away as. */
export const EXPORT_FORMATS = {
  voc: { ending: "zip", type: "application/zip", write: exportVoc },
  coco: { ending: "json", type: "application/json", write: exportCoco },
  csv: { ending: "csv", type: "text/csv; charset=utf-8", write: exportImageResults },
  classes: { ending: "csv", type: "text/csv; charset=utf-8", write: exportClassResults },
} as const satisfies Record<
  string,
  {
    ending: string;
    type: string;
    write: (source: ExportSource, request: ExportRequest) => Promise<Readable>;
  }
>;
export type ExportFormat = keyof typeof EXPORT_FORMATS;

export const exportFileName = (runId: string, stage: StageName, format: ExportFormat): string =>
  `${runId}-${stage}-${format}.${EXPORT_FORMATS[format].ending}`;
