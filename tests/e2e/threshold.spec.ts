import { readFacts } from "../support/facts.ts";
import { expect, test } from "../support/test.ts";

test("moving the threshold moves the seeds' mean IoU without running anything", async ({
  page,
}) => {
  await page.goto(`/runs/${(await readFacts()).run}/threshold`);
  const slider = page.getByRole("slider").first();
  await expect(slider).toBeVisible();
  const before = await slider.getAttribute("aria-valuenow");
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(slider).not.toHaveAttribute("aria-valuenow", before ?? "");
});
