import { test as base } from "@playwright/test";
import { DASHBOARD_URL } from "./addresses.ts";

/** A test that fails when its pages ask anyone but the dashboard, or write an error to the console. */
export const test = base.extend<{ quiet: undefined }>({
  quiet: [
    async ({ page }, use) => {
      const foreign: string[] = [];
      const errors: string[] = [];
      page.on("request", (request) => {
        const url = request.url();
        if (/^(https?|wss?):/.test(url) && !url.startsWith(DASHBOARD_URL)) foreign.push(url);
      });
      page.on("pageerror", (error) => errors.push(`${page.url()}: ${error.message}`));
      await use(undefined);
      base.expect(foreign, "requests to other origins").toEqual([]);
      base.expect(errors, "errors thrown in the page").toEqual([]);
    },
    { auto: true },
  ],
});

export { expect } from "@playwright/test";
