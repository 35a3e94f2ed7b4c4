import type { Page } from "@playwright/test";

export const THEMES = ["light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** Chosen before the page's own scripts run, as a returning user has it. */
export const useTheme = (page: Page, theme: Theme): Promise<unknown> =>
  page.addInitScript((name) => localStorage.setItem("theme", name), theme);

/** Everything has been fetched; the one stream of the tab stays open, so there is no network idle. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => document.querySelectorAll("[aria-busy=true]").length === 0);
  await page.waitForFunction(() =>
    [...document.images].every(
      (image) =>
        image.complete ||
        // A lazy picture out of sight is not fetched.
        (image.loading === "lazy" && image.getBoundingClientRect().top > window.innerHeight),
    ),
  );
}
