import { expect, test } from "../support/test.ts";

test("the leaderboard ranks inside one policy and says which", async ({ page }) => {
  await page.goto("/leaderboard");
  await expect(page.getByRole("heading", { name: "Leaderboard" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Finished run" }).first()).toBeVisible();
  await expect(page.getByRole("main")).toContainText("val");
});
