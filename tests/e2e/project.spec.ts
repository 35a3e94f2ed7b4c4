import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ADMIN, SECOND_PORT } from "../support/addresses.ts";
import { readFacts } from "../support/facts.ts";
import { EntryPage } from "../support/pages/entry-page.ts";
import { GalleryPage } from "../support/pages/gallery-page.ts";
import { seedmask } from "../support/seedmask.ts";
import { launchStack } from "../support/start-stack.ts";
import { expect, test } from "../support/test.ts";

test("the whole project is exported and read into an empty home", async ({ page, visit }) => {
  test.setTimeout(300_000);
  const { run } = await readFacts();
  const gallery = new GalleryPage(page);
  await gallery.open(run);
  const ious = await gallery.ious();
  await page.goto("/settings");
  const saved = page.waitForEvent("download");
  await page.getByRole("link", { name: "Export", exact: true }).click();
  const file = await (await saved).path();

  const home = await mkdtemp(join(tmpdir(), "seedmask-e2e-second-"));
  const second = await launchStack(home, SECOND_PORT);
  try {
    const env = { SEEDMASK_HOME: home, DATABASE_URL: second.databaseUrl };
    const said = JSON.parse(await seedmask(["project", "import", file, "--json"], env));
    expect(said.runs).toBeGreaterThan(0);
    const again = JSON.parse(await seedmask(["project", "import", file, "--json"], env));
    expect(again).toMatchObject({ runs: 0, knownRuns: said.runs });

    const elsewhere = await visit(second.url);
    await elsewhere.goto("/setup");
    const entry = new EntryPage(elsewhere);
    await entry.fillForm(ADMIN);
    await entry.createAdmin.click();
    await expect(elsewhere).toHaveURL(/\/setup\/checks$/);
    const copy = new GalleryPage(elsewhere);
    await copy.open(run);
    expect(await copy.ious()).toEqual(ious);
    await expect(elsewhere.getByRole("main")).not.toContainText("missing");
  } finally {
    await second.stop();
    await rm(home, { recursive: true, force: true });
  }
});
