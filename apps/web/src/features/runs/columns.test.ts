import { describe, expect, it } from "vitest";
import { type RunRow, shownColumns } from "./columns.tsx";

const run = (change: Partial<RunRow>): RunRow => ({
  id: "0abc",
  name: "cam-tiny-shapes-0001",
  title: null,
  status: "succeeded",
  stage: "evaluate",
  tags: [],
  recipe: "demo-tiny",
  dataset: "hash",
  datasetName: "shapes",
  datasetVersion: 1,
  supervision: "image-labels",
  seed: 1,
  group: "g",
  ownerName: null,
  meanIou: 0.5,
  meanIouStage: "predict",
  classIous: null,
  duration: 1,
  createdAt: new Date(0),
  startedAt: null,
  finishedAt: null,
  errorMessage: null,
  stagesDone: 7,
  stagesTotal: 7,
  progress: null,
  ...change,
});
const keys = (runs: readonly RunRow[], chosen: string[] | null, hideSame: boolean): string[] =>
  shownColumns(runs, { chosen, hideSame }).map(({ key }) => key);

describe("shownColumns", () => {
  it("begins with the usual ones and always has the name", () => {
    expect(keys([], null, false)).not.toContain("seed");
    expect(keys([], [], false)).toEqual(["name"]);
    expect(keys([], ["seed"], false)).toEqual(["name", "seed"]);
  });
  it("leaves out what is the same in every row, measures never", () => {
    const runs = [run({ seed: 1 }), run({ seed: 2, recipe: "oaa-tiny" })];
    const shown = keys(runs, ["status", "recipe", "dataset", "seed", "meanIou"], true);
    expect(shown).toEqual(["name", "recipe", "meanIou", "seed"]);
  });
  it("leaves nothing out of a single row", () => {
    expect(keys([run({})], ["status"], true)).toEqual(["status", "name"]);
  });
});
