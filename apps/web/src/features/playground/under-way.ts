import type { RouterOutputs } from "#trpc/types.ts";

type Prediction = RouterOutputs["predictions"]["get"];

/** How often one asks after an image that is not done: someone looks at an empty screen. */
export const POLL_MS = 700;

export const isUnderWay = ({ status }: Pick<Prediction, "status">): boolean =>
  status === "queued" || status === "running";
