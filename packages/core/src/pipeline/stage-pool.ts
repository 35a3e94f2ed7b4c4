import { ComputePool } from "../compute-pool/compute-pool.ts";
import type { imageJobs } from "./image-jobs.ts";

export type StagePool = ComputePool<typeof imageJobs>;

export const createStagePool = (workers: number): StagePool =>
  new ComputePool<typeof imageJobs>(new URL("image-jobs.ts", import.meta.url), { workers });
