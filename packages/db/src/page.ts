import { z } from "zod";
import { PreconditionError } from "./errors.ts";

/** Rows after a cursor. `next` is null on the last page; `total` only where it was asked for. */
export interface Page<T> {
  readonly rows: T[];
  readonly next: string | null;
  readonly total: number | null;
}

const keySchema = z.array(z.union([z.string(), z.number(), z.null()]));
export type CursorKey = z.infer<typeof keySchema>;

/** The sort key of the last row of a page, as one opaque word. */
export const encodeCursor = (key: CursorKey): string =>
  Buffer.from(JSON.stringify(key)).toString("base64url");

/** @throws {PreconditionError} when the word is not one of ours */
export function decodeCursor(cursor: string): CursorKey {
  try {
    return keySchema.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    throw new PreconditionError("page: the cursor is not one this server gave. Begin anew.", {
      cause,
    });
  }
}

/** Cuts the one row too many that tells whether there is a next page. */
export function toPage<T>(
  rows: T[],
  limit: number,
  keyOf: (row: T) => CursorKey,
  total: number | null = null,
): Page<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    rows: shown,
    next: rows.length > limit && last ? encodeCursor(keyOf(last)) : null,
    total,
  };
}
