import { readFacts } from "../support/facts.ts";
import { launchRun } from "../support/launch-run.ts";
import { RunPage } from "../support/pages/run-page.ts";
import { tinyConfig } from "../support/run-configs.ts";
import { expect, test } from "../support/test.ts";

test("two runs are compared, and what forbids subtracting their numbers is said", async ({
  page,
}) => {
  test.setTimeout(240_000);
  const { dataset, run } = await readFacts();
  const config = tinyConfig();
  const { prediction } = config;
  const mirrored = { ...config, prediction: { ...prediction, flip: !prediction.flip } };
  const other = new RunPage(page);
  await other.open(await launchRun(page, { config: mirrored, dataset, title: "Mirrored" }));
  await expect(other.status).toContainText(/done/i, { timeout: 180_000 });

  await page.goto(`/compare?runs=${run}`);
  await page.getByRole("combobox", { name: "Add a run" }).click();
  await page.getByRole("option", { name: "Mirrored" }).click();
  const columns = page.getByRole("list", { name: "Columns" }).getByRole("listitem");
  await expect(columns).toHaveCount(2);
  await expect(columns.first()).toContainText("baseline");
  const main = page.getByRole("main");
  await expect(main).toContainText("scored under different policies");
  await expect(main).toContainText(/mirror: (on|off) against (on|off)/);

  // The same policy after the seeds: nothing to warn of.
  await page.getByRole("checkbox", { name: "Make seeds" }).check();
  await page.getByRole("checkbox", { name: "Predict" }).uncheck();
  await expect(columns.nth(1)).toContainText("Make seeds");
  await expect(main).not.toContainText("scored under different policies");

  await page.getByRole("radio", { name: "Biggest losers" }).click();
  await expect(page).toHaveURL(/rows=lost/);
  await page
    .getByRole("region", { name: "Images" })
    .getByRole("button", { name: /^scene-/ })
    .first()
    .click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page).toHaveURL(/image=/);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
});
