import { serveJobs } from "../../src/compute-pool/serve-jobs.ts";
import { ShapeError } from "../../src/contract/index.ts";

/** Real jobs for the pool's tests; the file is what a worker thread loads. */
export const jobs = {
  double: (input: { readonly values: Float32Array }) => ({
    values: input.values.map((value) => 2 * value),
  }),
  later: async ({ milliseconds }: { readonly milliseconds: number }) => {
    await new Promise((done) => setTimeout(done, milliseconds));
    return milliseconds;
  },
  /** Never yields, like a long kernel. */
  spin: (_input: null): number => {
    for (let turns = 0; ; turns += 1) if (turns < 0) return turns;
  },
  fail: (_input: null): never => {
    throw new ShapeError("crf: expected 3, got 4.", { details: { got: 4 } });
  },
  die: (_input: null): never => process.exit(3),
};

serveJobs(jobs);
