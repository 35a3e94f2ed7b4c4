import { test as base, type BrowserContext, type Page } from "@playwright/test";
import { DASHBOARD_URL } from "./addresses.ts";

interface Fixtures {
  /** Fails a test whose pages ask anyone but the dashboard, or throw. */
  quiet: undefined;
  /** The page of someone who has not signed in; an origin of its own for another dashboard. */
  visit: (origin?: string) => Promise<Page>;
}

interface Heard {
  readonly foreign: string[];
  readonly errors: string[];
}

function listen(context: BrowserContext, origin: string): Heard {
  const heard: Heard = { foreign: [], errors: [] };
  context.on("request", (request) => {
    const url = request.url();
    if (/^(https?|wss?):/.test(url) && !url.startsWith(origin)) heard.foreign.push(url);
  });
  context.on("weberror", (problem) => {
    heard.errors.push(`${problem.page()?.url() ?? ""}: ${problem.error().message}`);
  });
  return heard;
}

function expectQuiet({ foreign, errors }: Heard): void {
  base.expect(foreign, "requests to other origins").toEqual([]);
  base.expect(errors, "errors thrown in the page").toEqual([]);
}

export const test = base.extend<Fixtures>({
  quiet: [
    async ({ context }, use) => {
      const heard = listen(context, DASHBOARD_URL);
      await use(undefined);
      expectQuiet(heard);
    },
    { auto: true },
  ],
  visit: async ({ browser }, use) => {
    const visits: { readonly context: BrowserContext; readonly heard: Heard }[] = [];
    await use(async (origin = DASHBOARD_URL) => {
      const context = await browser.newContext({ baseURL: origin, storageState: undefined });
      visits.push({ context, heard: listen(context, origin) });
      return context.newPage();
    });
    for (const { context, heard } of visits) {
      await context.close();
      expectQuiet(heard);
    }
  },
});

export { expect } from "@playwright/test";
