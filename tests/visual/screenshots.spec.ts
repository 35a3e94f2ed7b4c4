import { join } from "node:path";
import process from "node:process";
import type { Page } from "@playwright/test";
import { allRoutes } from "../support/routes.ts";
import { test } from "../support/test.ts";
import { settle, THEMES, useTheme } from "../support/themes.ts";

/** `npm run screenshots` names the folder; playwright.config.ts leaves this file out without it. */
const FOLDER = process.env["SEEDMASK_SCREENSHOTS"] ?? "screenshots";
const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

/** What is drawn only once it is in sight has then been drawn. */
const scrollThrough = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    for (let top = 0; top < document.body.scrollHeight; top += window.innerHeight) {
      window.scrollTo(0, top);
      await new Promise((settled) => setTimeout(settled, 400));
    }
    window.scrollTo(0, 0);
  });

for (const theme of THEMES) {
  for (const size of SIZES) {
    test(`pictures: ${theme}, ${size.width} pixels wide`, async ({ page }) => {
      test.setTimeout(300_000);
      await page.setViewportSize(size);
      await useTheme(page, theme);
      for (const { name, path } of await allRoutes()) {
        await page.goto(path);
        await settle(page);
        await scrollThrough(page);
        await settle(page);
        const file = `${name}-${theme}-${size.width}.png`;
        await page.screenshot({ path: join(FOLDER, file), fullPage: true });
      }
    });
  }
}
