import type { Findings } from "./findings.ts";
import type { LabelTable } from "./label-table.ts";

/** Class names of a table in alphabetical order: the class list where no `classes.txt` gives one. */
export const classesOfTable = ({ rows }: LabelTable): string[] =>
  [...new Set(rows.flatMap(({ classes }) => classes))].toSorted();

/**
 * Class indices of one image's label names, ascending, each once. A name that is no class is an
 * error at its file and line.
 */
export function indicesOf(
  names: readonly string[],
  classes: readonly string[],
  findings: Findings,
  place: { file: string; line: number | null },
): number[] {
  const indices = new Set<number>();
  for (const name of names) {
    const index = classes.indexOf(name);
    if (index >= 0) indices.add(index);
    else {
      const message = `class "${name}" is not in the class list (${classes.length} classes). Add it to classes.txt or correct the name.`;
      findings.add("error", "unknown-class", message, place);
    }
  }
  return [...indices].toSorted((a, b) => a - b);
}

export interface ResolvedLabels {
  readonly labels: readonly number[];
  readonly split: string | null;
}

/** Labels by image id. Rows that name no image, or one twice, are errors at their line. */
export function resolveTable(
  table: LabelTable,
  classes: readonly string[],
  images: ReadonlyMap<string, string>,
  findings: Findings,
): Map<string, ResolvedLabels> {
  const resolved = new Map<string, ResolvedLabels>();
  for (const { id, classes: names, split, line } of table.rows) {
    const place = { file: table.file, line };
    if (!images.has(id)) {
      const message = `no image has the id "${id}". Add the image or remove the entry.`;
      findings.add("error", "unknown-id", message, place);
    } else if (resolved.has(id)) {
      findings.add("error", "duplicate-id", `"${id}" is listed twice. Remove one entry.`, place);
    } else {
      resolved.set(id, { labels: indicesOf(names, classes, findings, place), split });
    }
  }
  return resolved;
}
