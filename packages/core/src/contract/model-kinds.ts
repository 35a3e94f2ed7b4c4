/** Kinds a run must have at least one of to be tried on an image. */
export const MODEL_KINDS = ["classifier-checkpoint", "segmenter-checkpoint"] as const;
export type ModelKind = (typeof MODEL_KINDS)[number];
export const isModelKind = (kind: string): kind is ModelKind =>
  MODEL_KINDS.some((model) => model === kind);
