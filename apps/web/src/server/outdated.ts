import { CODE_VERSION } from "#env.ts";

/** Whether a worker runs another version. Outside a clone none is known, and counts as equal. */
export const isOutdated = (versions: Record<string, string>): boolean =>
  ![CODE_VERSION, "unknown", undefined].includes(versions["seedmask"]);
