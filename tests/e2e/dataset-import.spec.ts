import { readFacts } from "../support/facts.ts";
import { ImportPage } from "../support/pages/import-page.ts";
import { expect, test } from "../support/test.ts";

/** A worker has to fetch the job and read every file. */
const CHECKED = { timeout: 30_000 };

test.describe("dataset import", () => {
  test("refuses a name before anything is sent", async ({ page }) => {
    const importing = new ImportPage(page);
    await importing.check("/data/scenes", "More Scenes");
    await expect(importing.main).toContainText("small letters, digits");
    await expect(importing.import).toBeDisabled();
  });

  test("names the file and line that is wrong, and does not import it", async ({ page }) => {
    const importing = new ImportPage(page);
    await importing.check((await readFacts()).folders.broken, "broken-scenes");
    await expect(importing.main).toContainText("no-such-image", CHECKED);
    await expect(importing.main).toContainText(/train\.txt:\d+/);
    await expect(importing.import).toBeDisabled();
  });

  test("imports a folder that passed the check", async ({ page }) => {
    const importing = new ImportPage(page);
    await importing.check((await readFacts()).folders.good, "more-scenes");
    await expect(importing.main).toContainText("Nothing stands in the way", CHECKED);
    await importing.import.click();
    await expect(page.getByRole("link", { name: "Open more-scenes" })).toBeVisible(CHECKED);
    await importing.openImported("more-scenes");
    await expect(page.getByRole("heading", { name: /more-scenes/ })).toBeVisible();
  });
});
