import { z } from "zod";

/** Rungs of the ladder, best first. `cpu` is for tests. */
export const BACKENDS = ["node-gpu-cuda", "webgpu", "node-gpu-cpu", "wasm", "cpu"] as const;
export type BackendName = (typeof BACKENDS)[number];

/** What computed a run: stored with it, shown beside it. */
export const backendReportSchema = z.strictObject({
  backend: z.enum(BACKENDS),
  device: z.string(),
  /** Package → version: tfjs, TensorFlow, Node. */
  versions: z.record(z.string(), z.string()),
  /** Rungs above this one and why each was not taken. */
  passedOver: z.array(z.strictObject({ backend: z.enum(BACKENDS), reason: z.string() })),
  selfTest: z.array(
    z.strictObject({ name: z.string(), maxError: z.number(), passed: z.boolean() }),
  ),
  /** Billions of multiply-adds × 2 per second of a 1 s float32 matMul probe. */
  matMulGflops: z.number().nonnegative(),
});
export type BackendReport = z.infer<typeof backendReportSchema>;
