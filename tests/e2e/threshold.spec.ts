import { readFacts } from "../support/facts.ts";
import { expect, test } from "../support/test.ts";

test("moving the threshold moves the seeds' mean IoU without running anything", async ({
  page,
}) => {
  await page.goto(`/runs/${(await readFacts()).run}/threshold`);
  // The thumb itself has no size: what is seen is drawn around it.
  const slider = page.getByRole("slider", { name: "Threshold" });
  await expect(slider).toBeAttached();
  const meanIou = page
    .getByRole("main")
    .getByText("Mean IoU", { exact: true })
    .first()
    .locator("+ p");
  const before = await meanIou.textContent();
  await slider.focus();
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuenow", "0");
  await expect(meanIou).not.toHaveText(before ?? "");
  await expect(page.getByTitle("not a result to report")).toBeVisible();
});
