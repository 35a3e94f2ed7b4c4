import { createHash } from "node:crypto";

/** Name of an image that is safe on every disk and in every URL: 16 hex digits. */
export const imageKey = (id: string): string =>
  createHash("sha256").update(id).digest("hex").slice(0, 16);
