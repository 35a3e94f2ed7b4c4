import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { readFacts } from "../support/facts.ts";
import { PlaygroundPage } from "../support/pages/playground-page.ts";
import { expect, test } from "../support/test.ts";

/** The child that looks at images starts with the first one. */
const LOOKED_AT = { timeout: 120_000 };

test.describe("playground", () => {
  test("looks at an image of one's own and gives scores, class map and mask", async ({ page }) => {
    test.setTimeout(180_000);
    const { home, run } = await readFacts();
    const playground = new PlaygroundPage(page);
    await page.goto(`/runs/${run}`);
    await page.getByRole("link", { name: "Try it" }).click();
    await expect(page.getByRole("combobox", { name: "Model" })).toContainText("Finished run");
    await playground.drop(join(home, "work", "scenes", "JPEGImages", "scene-0001.png"));
    await expect(playground.classes.first()).toContainText("%", LOOKED_AT);
    const scores = await playground.scores();
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));

    await playground.classes.nth(1).click();
    await expect(page).toHaveURL(/layer=cam/);
    await expect(playground.layer("Class map")).toBeChecked();
    expect(await playground.paintedShare()).toBeGreaterThan(0.5);

    await playground.layer("Mask").click();
    const sure = page.getByRole("slider", { name: "Surer than" });
    await sure.focus();
    await page.keyboard.press("End");
    await expect(sure).toHaveAttribute("aria-valuenow", "1");
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: "Export PNG" }).click();
    const png = await readFile(await (await saved).path());
    expect(png.subarray(1, 4).toString()).toBe("PNG");

    await page.reload();
    await expect(playground.layer("Mask")).toBeChecked();
    await expect(page.getByRole("slider", { name: "Surer than" })).toHaveAttribute(
      "aria-valuenow",
      "1",
    );
  });

  test("says why a file is no image", async ({ page }) => {
    const { run } = await readFacts();
    const playground = new PlaygroundPage(page);
    await page.goto(`/playground?model=${run}`);
    await playground.drop({ name: "cat.jpg", mimeType: "image/jpeg", buffer: Buffer.from("cat") });
    await expect(playground.alert).toContainText("no JPEG, PNG, WebP, TIFF or AVIF image");
  });
});
