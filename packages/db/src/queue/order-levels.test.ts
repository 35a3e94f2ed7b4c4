import { describe, expect, it } from "vitest";
import { jobPriority, orderLevels, type WaitingJob } from "./order-levels.ts";

/** Jobs in the order the queue gives them out. */
const queueOrder = (jobs: readonly WaitingJob[]): string[] =>
  jobs
    .toSorted(
      (a, b) =>
        jobPriority(b.level, b.stage) - jobPriority(a.level, a.stage) ||
        a.createdAt - b.createdAt ||
        (a.id < b.id ? -1 : 1),
    )
    .map(({ id }) => id);

const waiting = (ids: string, level = 0): WaitingJob[] =>
  [...ids].map((id, index) => ({ id, level, stage: 0, createdAt: index }));

function move(jobs: readonly WaitingJob[], id: string, to: number): string[] {
  const wanted = jobs.filter((job) => job.id !== id);
  wanted.splice(
    to,
    0,
    jobs.find((job) => job.id === id)!,
  );
  const levels = orderLevels(wanted, id);
  const after = queueOrder(jobs.map((job) => ({ ...job, level: levels.get(job.id) ?? job.level })));
  expect(after).toEqual(wanted.map((job) => job.id));
  return after;
}

describe("orderLevels", () => {
  it("changes nothing for a job that is not there, or stays where it is", () => {
    expect(orderLevels([], "a").size).toBe(0);
    expect(orderLevels(waiting("abc"), "b").size).toBe(0);
  });
  it("raises only the one that is moved to the front", () => {
    const [a, b, c] = waiting("abc");
    expect([...orderLevels([c!, a!, b!], "c")]).toEqual([["c", 1]]);
  });
  it("lowers only the one that is moved to the end", () => {
    const [a, b, c] = waiting("abc");
    expect([...orderLevels([b!, c!, a!], "a")]).toEqual([["a", -1]]);
  });
  it("gives any wanted order, whatever the levels, stages and times were", () => {
    const mixed: WaitingJob[] = [
      { id: "a", level: 2, stage: 0, createdAt: 5 },
      { id: "b", level: 0, stage: 4, createdAt: 0 },
      { id: "c", level: 0, stage: 4, createdAt: 1 },
      { id: "d", level: 0, stage: 0, createdAt: 2 },
      { id: "e", level: -1, stage: 6, createdAt: 3 },
    ];
    for (const { id } of mixed) {
      for (let to = 0; to < mixed.length; to += 1) move(mixed, id, to);
    }
  });
});
