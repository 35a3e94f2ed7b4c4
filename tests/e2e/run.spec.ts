import { readFacts } from "../support/facts.ts";
import { launchRun } from "../support/launch-run.ts";
import { RunPage } from "../support/pages/run-page.ts";
import { tinyConfig } from "../support/run-configs.ts";
import { expect, test } from "../support/test.ts";

test.describe("run", () => {
  test("is watched live from launch to result without a reload", async ({ page }) => {
    test.setTimeout(180_000);
    const { dataset } = await readFacts();
    const config = { ...tinyConfig(), seed: 11 };
    const run = new RunPage(page);
    await run.open(await launchRun(page, { config, dataset, title: "Watched run" }));
    await expect(page.getByRole("heading", { name: /Watched run/ })).toBeVisible();
    await expect(run.stage("Train classifier")).toContainText(/running/i);
    await expect(run.stage("Evaluate")).toContainText(/done|reused/i, { timeout: 150_000 });
    await expect(run.status).toContainText(/done/i);
  });

  test("is cancelled within seconds and can be retried", async ({ page }) => {
    test.setTimeout(120_000);
    const { dataset } = await readFacts();
    const config = tinyConfig();
    const long = { ...config, seed: 12, classifier: { ...config.classifier, epochs: 1000 } };
    const run = new RunPage(page);
    await run.open(await launchRun(page, { config: long, dataset, title: "Cancelled run" }));
    await expect(run.stage("Train classifier")).toContainText(/running/i, { timeout: 30_000 });
    await run.cancel.click();
    await expect(run.status).toContainText(/cancelled/i, { timeout: 15_000 });
    await expect(run.retry).toBeVisible();
  });

  test("shows the stages of a finished run with seconds and mean IoU", async ({ page }) => {
    const run = new RunPage(page);
    await run.open((await readFacts()).run);
    for (const title of ["Make seeds", "Refine seeds", "Make pseudo masks", "Predict"]) {
      await expect(run.stage(title)).toContainText(/\d/);
      await expect(run.stage(title)).toContainText(/done|reused/i);
    }
    await expect(page.getByText("mIoU by stage")).toBeVisible();
  });
});
