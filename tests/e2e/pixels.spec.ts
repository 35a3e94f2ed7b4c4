import { readFacts } from "../support/facts.ts";
import { GalleryPage } from "../support/pages/gallery-page.ts";
import { readPixels } from "../support/read-pixels.ts";
import { expect, test } from "../support/test.ts";

for (const deviceScaleFactor of [1, 1.5, 2]) {
  test.describe(`at ${deviceScaleFactor} device pixels a pixel`, () => {
    test.use({ deviceScaleFactor });

    test("a known mask lies on known pixels", async ({ page }) => {
      const { run, dataset, image } = await readFacts();
      const gallery = new GalleryPage(page);
      await page.goto(`/runs/${run}/gallery?image=${image}`);
      await expect(gallery.viewer).toBeVisible();
      await page.keyboard.press("g");
      await expect(gallery.layer("Ground truth")).toBeChecked();
      // No outline, and nothing of the photograph through the colours.
      await page.keyboard.press("o");
      for (let step = 0; step < 9; step += 1) await page.keyboard.press("]");
      const mask = `/api/datasets/${dataset}/masks/${image}.png`;
      await expect.poll(async () => (await readPixels(page, mask)).wrong).toBe(0);
      const { canvas, box, expected, spilled, labels } = await readPixels(page, mask);
      expect(canvas).toEqual(box);
      expect(expected).toBeGreaterThan(1000 * deviceScaleFactor ** 2);
      expect(spilled).toBe(0);
      expect(Object.keys(labels).length).toBeGreaterThan(0);
    });
  });
}
