import { readFacts } from "../support/facts.ts";
import { GalleryPage } from "../support/pages/gallery-page.ts";
import { expect, test } from "../support/test.ts";

test.describe("gallery", () => {
  test("shows the worst images first, and the best on demand", async ({ page }) => {
    const gallery = new GalleryPage(page);
    await gallery.open((await readFacts()).run);
    const worstFirst = await gallery.ious();
    expect(worstFirst.length).toBeGreaterThan(1);
    expect(worstFirst).toEqual(worstFirst.toSorted((a, b) => a - b));
    await gallery.choose("Order", "Best first");
    await expect.poll(() => gallery.ious()).toEqual(worstFirst.toSorted((a, b) => b - a));
  });

  test("fetches a screen of tiles in one request, and no tile alone", async ({ page }) => {
    const gallery = new GalleryPage(page);
    const files: string[] = [];
    page.on("request", (request) => {
      const { pathname } = new URL(request.url());
      if (/^\/api\/(bundles|datasets\/|artifacts\/)/.test(pathname)) files.push(pathname);
    });
    await gallery.open((await readFacts()).run);
    await expect(gallery.tiles.first().locator("img")).toBeVisible();
    expect(files).toEqual(["/api/bundles"]);
  });

  test("has its filters behind one button on a phone", async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const gallery = new GalleryPage(page);
    await gallery.open((await readFacts()).run);
    await expect(gallery.tiles.first()).toBeInViewport();
    await expect(page.getByRole("combobox", { name: "Order" })).toBeHidden();
    await page.getByRole("button", { name: "Filter" }).click();
    await gallery.choose("Order", "Best first");
    await expect(page).toHaveURL(/sort=best/);
  });

  test("keeps stage and class in the address", async ({ page }) => {
    const gallery = new GalleryPage(page);
    await gallery.open((await readFacts()).run);
    await gallery.choose("Stage", /Make seeds/);
    await expect(page).toHaveURL(/stage=make-seeds/);
    await page.reload();
    await expect(page.getByRole("combobox", { name: "Stage" })).toContainText("Make seeds");
  });

  test("opens an image from the keyboard and closes it with Escape", async ({ page }) => {
    const gallery = new GalleryPage(page);
    await gallery.open((await readFacts()).run);
    await gallery.tiles.first().focus();
    await page.keyboard.press("Enter");
    await expect(gallery.viewer).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(gallery.viewer).toBeHidden();
    await expect(gallery.tiles.first()).toBeFocused();
  });
});
