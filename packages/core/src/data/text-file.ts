import { readFile } from "node:fs/promises";

/** A line of a text file with its number from 1, trimmed; blank lines are left out. */
export interface TextLine {
  readonly text: string;
  readonly line: number;
}

export const linesOf = (text: string): TextLine[] =>
  text
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/)
    .map((content, index) => ({ text: content.trim().normalize("NFC"), line: index + 1 }))
    .filter((content) => content.text !== "");

/** The file as text, or null where there is none. */
export async function readTextIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return null;
    throw cause;
  }
}
