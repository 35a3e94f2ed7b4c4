import { once } from "node:events";
import { readFacts } from "../support/facts.ts";
import { launchRun } from "../support/launch-run.ts";
import { RunPage } from "../support/pages/run-page.ts";
import { tinyConfig } from "../support/run-configs.ts";
import { startSeedmask } from "../support/seedmask.ts";
import { expect, test } from "../support/test.ts";

/** A worker says what it does every few seconds, and the page asks as often. */
const HEARD = { timeout: 60_000 };

test("a second worker is paired by its token, works, and is taken out again", async ({ page }) => {
  test.setTimeout(300_000);
  await page.goto("/queue");
  await page.getByRole("button", { name: "Pair a worker" }).click();
  await page.getByLabel("Name of the worker").fill("second");
  await page.getByRole("button", { name: "Make a token" }).click();
  const command = await page
    .getByRole("status")
    .locator("code", { hasText: "--token" })
    .textContent();
  const [npx, name, ...args] = (command ?? "").split(" ");
  expect([npx, name]).toEqual(["npx", "seedmask"]);
  await page.keyboard.press("Escape");

  const worker = startSeedmask(args);
  const ended = once(worker, "close");
  try {
    const link = page.getByRole("main").getByRole("link", { name: "second" }).first();
    await expect(link).toBeVisible(HEARD);
    // Two long runs for two workers, one stage each at a time: each has one.
    const { dataset } = await readFacts();
    const config = tinyConfig();
    const long = { ...config, classifier: { ...config.classifier, epochs: 1000 } };
    const runs: string[] = [];
    for (const seed of [21, 22]) {
      runs.push(
        await launchRun(page, { config: { ...long, seed }, dataset, title: `Long ${seed}` }),
      );
    }
    await link.click();
    await expect(page.getByRole("main")).toContainText("Train classifier", HEARD);
    await page.getByRole("button", { name: "Unpair" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Unpair" }).click();
    await expect(page.getByRole("main")).toContainText("unpaired", HEARD);
    const [code] = await ended;
    expect(code).not.toBe(0);
    const run = new RunPage(page);
    for (const id of runs) {
      await run.open(id);
      await run.cancel.click();
      await expect(run.status).toContainText(/cancelled/i, HEARD);
    }
  } finally {
    worker.kill("SIGTERM");
    await ended;
  }
});
