import { readFacts } from "../support/facts.ts";
import { expect, test } from "../support/test.ts";

test("a small sweep is launched from a run and watched to its first result", async ({ page }) => {
  test.setTimeout(240_000);
  await page.goto(`/runs/new?from=${(await readFacts()).run}`);
  await page.getByRole("link", { name: "Vary fields in a sweep" }).click();
  await page.getByRole("combobox", { name: "Field" }).click();
  // The last stages alone depend on it: everything before is taken over.
  await page.getByRole("option", { name: "prediction · Mirror" }).click();
  await page.getByLabel("Values").fill("yes, no");
  await page.getByLabel("Title").fill("Mirror or not");
  await page.getByRole("button", { name: "Start 2 runs" }).click();

  await expect(page.getByRole("heading", { name: "Mirror or not" })).toBeVisible();
  const points = page.getByRole("table", { name: "Points of the sweep" });
  const first = points.getByRole("row").nth(1);
  await expect(first).toContainText(/Done/i, { timeout: 180_000 });
  await expect(first.getByRole("cell").last()).toHaveText(/\d+\.\d/);
  await expect(page.getByText("Best mIoU", { exact: true }).locator("+ dd")).toHaveText(/\d+\.\d/);
});
