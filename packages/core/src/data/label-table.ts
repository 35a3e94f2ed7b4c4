import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { z } from "zod";
import type { LabelSource } from "../contract/index.ts";
import type { Findings } from "./findings.ts";
import { imageId } from "./file-index.ts";
import { readTextIfThere } from "./text-file.ts";

/** One image's labels as a user wrote them. */
export interface LabelRow {
  readonly id: string;
  readonly classes: readonly string[];
  readonly split: string | null;
  readonly line: number | null;
}

export interface LabelTable {
  readonly file: string;
  readonly source: LabelSource;
  readonly rows: readonly LabelRow[];
}

const ID_COLUMNS = ["id", "image", "image_id", "filename", "file_name", "file"];
const CLASS_COLUMNS = ["classes", "labels", "class", "label"];

const csvSchema = z.array(
  z.object({ record: z.array(z.string()), info: z.object({ lines: z.int() }) }),
);

const jsonNames = z.union([z.array(z.string()), z.string().transform((name) => [name])]);
const jsonSchema = z.union([
  z.record(z.string(), jsonNames),
  z.array(
    z
      .object({
        id: z.string().optional(),
        image: z.string().optional(),
        classes: jsonNames.optional(),
        labels: jsonNames.optional(),
        split: z.string().optional(),
      })
      .refine((row) => (row.id ?? row.image) !== undefined, "needs an id or image")
      .refine((row) => (row.classes ?? row.labels) !== undefined, "needs classes or labels"),
  ),
]);

/** `;`, `|` or `,` where the file uses it anywhere, so that names may hold spaces; else white space. */
function separatorOf(cells: readonly string[]): RegExp {
  const separator = [";", "|", ","].find((mark) => cells.some((cell) => cell.includes(mark)));
  return separator === undefined ? /\s+/ : new RegExp(`[${separator}]`);
}

function namesIn(cell: string, separator: RegExp, known: ReadonlySet<string>): string[] {
  const whole = cell.trim();
  if (whole === "") return [];
  if (known.has(whole)) return [whole];
  return whole
    .split(separator)
    .map((name) => name.trim())
    .filter((name) => name !== "");
}

function parseCsv(text: string, file: string, known: ReadonlySet<string>, findings: Findings) {
  let lines: z.infer<typeof csvSchema>;
  try {
    lines = csvSchema.parse(
      parse(text, { bom: true, info: true, relax_column_count: true, skip_empty_lines: true }),
    );
  } catch (cause) {
    const line = cause instanceof Error && "lines" in cause ? Number(cause.lines) : null;
    const reason = cause instanceof Error ? cause.message : String(cause);
    findings.add("error", "labels-unreadable", `not a CSV file: ${reason}`, { file, line });
    return [];
  }
  const header = (lines[0]?.record ?? []).map((name) => name.trim().toLowerCase());
  const idColumn = header.findIndex((name) => ID_COLUMNS.includes(name));
  const classColumn = header.findIndex((name) => CLASS_COLUMNS.includes(name));
  const splitColumn = header.indexOf("split");
  if (idColumn < 0 || classColumn < 0) {
    const message = `expected columns id and classes, got ${header.join(", ") || "an empty file"}. Name them in the first line.`;
    findings.add("error", "labels-unreadable", message, { file, line: 1 });
    return [];
  }
  const separator = separatorOf(lines.slice(1).map(({ record }) => record[classColumn] ?? ""));
  const rows: LabelRow[] = [];
  for (const { record, info } of lines.slice(1)) {
    if (record.length !== header.length) {
      const message = `expected ${header.length} cells, got ${record.length}. Quote cells that hold commas.`;
      findings.add("error", "labels-unreadable", message, { file, line: info.lines });
      continue;
    }
    rows.push({
      id: imageId(record[idColumn]!.trim()),
      classes: namesIn(record[classColumn]!.normalize("NFC"), separator, known),
      split: record[splitColumn]?.trim() || null,
      line: info.lines,
    });
  }
  return rows;
}

function parseJson(text: string, file: string, findings: Findings): LabelRow[] {
  let labels: z.infer<typeof jsonSchema>;
  try {
    labels = jsonSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const message = `expected {"ID": ["CLASS", …]} or [{"id", "classes", "split"}, …], got something else: ${reason}`;
    findings.add("error", "labels-unreadable", message, { file });
    return [];
  }
  const row = (id: string, classes: readonly string[], split: string | null): LabelRow => ({
    id: imageId(id),
    classes: classes.map((name) => name.trim().normalize("NFC")),
    split,
    line: null,
  });
  if (!Array.isArray(labels)) {
    return Object.entries(labels).map(([id, classes]) => row(id, classes, null));
  }
  return labels.map((entry) =>
    row(entry.id ?? entry.image ?? "", entry.classes ?? entry.labels ?? [], entry.split ?? null),
  );
}

/** `labels.csv` or `labels.json` of a dataset, or null where it has neither. */
export async function readLabelTable(
  root: string,
  {
    source,
    known,
    findings,
  }: { source?: LabelSource; known: Iterable<string>; findings: Findings },
): Promise<LabelTable | null> {
  const csvFile = join(root, "labels.csv");
  const csv = source === "labels-json" ? null : await readTextIfThere(csvFile);
  if (csv !== null) {
    const rows = parseCsv(csv, csvFile, new Set(known), findings);
    return { file: csvFile, source: "labels-csv", rows };
  }
  const jsonFile = join(root, "labels.json");
  const json = source === "labels-csv" ? null : await readTextIfThere(jsonFile);
  if (json === null) return null;
  return { file: jsonFile, source: "labels-json", rows: parseJson(json, jsonFile, findings) };
}
