import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { begin, makeResult, makeRun, recordDataset, sha256 } from "../../test/factories.ts";
import { createTestDatabase, type TestDatabase } from "../../test/with-database.ts";
import { SYSTEM_ACTOR } from "../actor.ts";
import { NotFoundError } from "../errors.ts";
import { duplicateRun } from "../runs/edit-run.ts";
import { completeStage } from "../stages/complete-stage.ts";
import { runLineage } from "./run-lineage.ts";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const CHECKPOINT = sha256("lineage checkpoint");

async function trainClassifier(runId: string, cached: boolean): Promise<void> {
  const { attempt } = await begin(test.db, runId, "train-classifier");
  const outputs = { "classifier-checkpoint": CHECKPOINT };
  const result = makeResult("train-classifier", { cached, outputs });
  await completeStage(test.db, { runId, attempt, result });
}

describe("runLineage", () => {
  it("has no artefact before a stage has ended, and knows what each stage will take", async () => {
    const { id } = await makeRun(test.db);
    const lineage = await runLineage(test.db, id);
    expect(lineage).toMatchObject({ artifacts: [], parent: null, children: [], weights: null });
    const seeds = lineage.stages.find(({ stage }) => stage === "make-seeds");
    expect(seeds).toMatchObject({ reads: ["classifier-checkpoint"], from: ["train-classifier"] });
  });
  it("names the run that made what another took over, from both sides", async () => {
    const dataset = await recordDataset(test.db);
    const maker = await makeRun(test.db, { dataset });
    await trainClassifier(maker.id, false);
    const heir = await duplicateRun(test.db, { actor: SYSTEM_ACTOR, runId: maker.id });
    await trainClassifier(heir.id, true);
    const [made, taken] = await Promise.all([maker, heir].map(({ id }) => runLineage(test.db, id)));
    expect(made!.children).toEqual([heir]);
    expect(made!.artifacts).toMatchObject([
      { hash: CHECKPOINT, cached: false, madeBy: { id: maker.id }, sharedWith: [heir] },
    ]);
    expect(taken!.parent).toMatchObject({ id: maker.id });
    expect(taken!.artifacts).toMatchObject([
      { hash: CHECKPOINT, cached: true, madeBy: { id: maker.id }, sharedWith: [maker] },
    ]);
  });
  it("refuses a run that is not there", async () => {
    await expect(runLineage(test.db, "none")).rejects.toBeInstanceOf(NotFoundError);
  });
});
