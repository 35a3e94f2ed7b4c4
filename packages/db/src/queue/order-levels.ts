/** A waiting job, as far as its turn goes. */
export interface WaitingJob {
  readonly id: string;
  /** Priority of its run. */
  readonly level: number;
  /** Position of its stage in the run's plan. */
  readonly stage: number;
  readonly createdAt: number;
}

/** Room between two levels: a run under way stays before the runs of its own level. */
const STEP = 100;

export const jobPriority = (level: number, stage: number): number => level * STEP + stage;

/** The queue's own order: higher priority, then earlier, then smaller id. */
function goesBefore(one: WaitingJob, other: WaitingJob): boolean {
  const lead = jobPriority(one.level, one.stage) - jobPriority(other.level, other.stage);
  if (lead !== 0) return lead > 0;
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt;
  return one.id < other.id;
}

/** The lowest level at which a job goes before `other`. */
function levelBefore(job: WaitingJob, other: WaitingJob): number {
  const same = { ...job, level: other.level };
  if (goesBefore(same, other)) return other.level;
  return other.level + Math.max(1, Math.ceil((other.stage - job.stage + 1) / STEP));
}

/**
 * Levels under which jobs have their turns in the order of `wanted`, as few changed as can be.
 *
 * wanted   jobs that wait, next one first
 * moved    id of the one that was moved; its own level is free to fall
 * returns  new levels by job id, of those that change
 */
export function orderLevels(wanted: readonly WaitingJob[], moved: string): Map<string, number> {
  const order = wanted.map((job) => ({ ...job }));
  const at = order.findIndex(({ id }) => id === moved);
  const job = order[at];
  if (job === undefined) return new Map();
  const below = order[at + 1];
  const above = order[at - 1];
  if (below) job.level = levelBefore(job, below);
  else if (above)
    job.level = goesBefore(above, { ...job, level: above.level }) ? above.level : above.level - 1;
  for (let index = at - 1; index >= 0; index -= 1) {
    const one = order[index]!;
    const next = order[index + 1]!;
    if (goesBefore(one, next)) continue;
    one.level = levelBefore(one, next);
  }
  const before = new Map(wanted.map(({ id, level }) => [id, level]));
  return new Map(
    order.filter(({ id, level }) => before.get(id) !== level).map(({ id, level }) => [id, level]),
  );
}
