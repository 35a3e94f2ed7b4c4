import { join } from "node:path";
import { MAX_CLASSES } from "../contract/index.ts";
import type { Findings } from "./findings.ts";
import { linesOf, readTextIfThere } from "./text-file.ts";

const BACKGROUND_NAMES = new Set(["background", "__background__", "_background_"]);

/**
 * Class names of `classes.txt`, one a line, or null where there is no such file. A first line that
 * says background is not a class.
 */
export async function readClassList(root: string, findings: Findings): Promise<string[] | null> {
  const file = join(root, "classes.txt");
  const text = await readTextIfThere(file);
  if (text === null) return null;
  const lines = linesOf(text);
  const start = BACKGROUND_NAMES.has(lines[0]?.text.toLowerCase() ?? "") ? 1 : 0;
  const classes: string[] = [];
  for (const { text: name, line } of lines.slice(start)) {
    if (classes.includes(name)) {
      findings.add("error", "duplicate-class", `class "${name}" is listed twice. Remove one.`, {
        file,
        line,
      });
    } else classes.push(name);
  }
  checkClassCount(classes, file, findings);
  return classes;
}

export function checkClassCount(
  classes: readonly string[],
  file: string,
  findings: Findings,
): void {
  if (classes.length > 0 && classes.length <= MAX_CLASSES) return;
  const message = `expected 1 to ${MAX_CLASSES} classes, got ${classes.length}. Masks hold 8-bit ids beside background and ignore.`;
  findings.add("error", "class-count", message, { file });
}
