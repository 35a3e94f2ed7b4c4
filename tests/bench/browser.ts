/**
 * The budgets of a dashboard at scale, in a real browser on a home that `seedmask seed` has filled:
 * `npm run bench:browser -- HOME [--json FILE]`. Exits 1 where a budget is missed.
 */
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { parseArgs } from "node:util";
import { chromium, type Page } from "@playwright/test";
import { closeDatabase, listRuns, openDatabase } from "@seedmask/db";
import { ADMIN, DASHBOARD_PORT, DASHBOARD_URL } from "../support/addresses.ts";
import { LAUNCH_OPTIONS } from "../support/browser.ts";
import { firstLoads } from "../support/first-load.ts";
import { EntryPage } from "../support/pages/entry-page.ts";
import { launchStack } from "../support/start-stack.ts";
import { benchGallery } from "./gallery.ts";
import { benchRuns } from "./runs.ts";
import type { Row } from "./rows.ts";
import { watchPage } from "./watch-page.ts";

/** Bytes of script a page may load before it can be used. */
const FIRST_LOAD = 200_000;

async function enter(page: Page): Promise<void> {
  const entry = new EntryPage(page);
  await page.goto(DASHBOARD_URL);
  await page.waitForURL(/(setup|login)$/);
  // A form that is not alive yet would be sent by the browser itself.
  await page.waitForLoadState("networkidle");
  if (page.url().endsWith("setup")) {
    await entry.fillForm(ADMIN);
    await entry.createAdmin.click();
  } else {
    await entry.email.fill(ADMIN.email);
    await entry.password.fill(ADMIN.password);
    await entry.signIn.click();
  }
  await page.waitForURL((url) => !/(setup|login)$/.test(url.pathname));
}

async function largeRun(databaseUrl: string): Promise<string> {
  const db = openDatabase(databaseUrl, { max: 1 });
  const { rows } = await listRuns(db, { filter: { search: "seeded-large" }, limit: 1 });
  await closeDatabase(db);
  if (rows[0] === undefined) {
    throw new Error(
      "bench: expected a home filled by seedmask seed, got one without its large run.",
    );
  }
  return rows[0].id;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" } },
});
const [home] = positionals;
if (home === undefined) throw new Error("bench: expected a data home, got none. Name one.");

const stack = await launchStack(resolve(home), DASHBOARD_PORT);
const browser = await chromium.launch(LAUNCH_OPTIONS);
const rows: Row[] = firstLoads().map(({ route, gzipped }) => ({
  name: `first load of ${route}`,
  value: gzipped,
  unit: "bytes",
  budget: FIRST_LOAD,
}));
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.setDefaultTimeout(90_000);
  await watchPage(page);
  await enter(page);
  rows.push(...(await benchRuns(page)));
  rows.push(...(await benchGallery(page, await largeRun(stack.databaseUrl))));
} finally {
  await browser.close();
  await stack.stop();
}
for (const { name, value, unit, budget } of rows) {
  const met = budget === undefined || value <= budget ? " " : "!";
  const shown = Number.isInteger(value) ? String(value) : value.toFixed(3);
  console.log(`${met} ${name.padEnd(56)} ${shown.padStart(10)} ${unit.padEnd(8)} ${budget ?? ""}`);
}
if (values.json !== undefined) await writeFile(values.json, JSON.stringify(rows, null, 1));
process.exitCode = rows.some(({ value, budget }) => budget !== undefined && value > budget) ? 1 : 0;
