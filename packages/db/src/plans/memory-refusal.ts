import { STAGE_TITLES, type StageName } from "@seedmask/core/contract";

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;

interface Need {
  readonly stage: StageName;
  readonly memoryBytes: number;
  /** Not null where the stage is taken over and needs nothing. */
  readonly reuse: unknown;
}

/** The sentence for a run that none of the workers has the memory for; null where one has. */
export function memoryRefusal(
  stages: readonly Need[],
  workers: readonly { readonly memoryBytes: number }[],
): string | null {
  const most = Math.max(...workers.map(({ memoryBytes }) => memoryBytes));
  const hungriest = stages
    .filter(({ reuse }) => reuse === null)
    .toSorted((left, right) => right.memoryBytes - left.memoryBytes)[0];
  if (workers.length === 0 || !hungriest || hungriest.memoryBytes <= most) return null;
  const who = workers.length === 1 ? "the worker has" : "the largest worker has";
  return (
    `${STAGE_TITLES[hungriest.stage]} needs about ${gibibytes(hungriest.memoryBytes)}, ` +
    `${who} ${gibibytes(most)}. Lower the batch size, crop size or image size.`
  );
}
