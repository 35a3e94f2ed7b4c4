export type { AppRouter, RouterInputs, RouterOutputs } from "#server/root.ts";
