import { readFacts } from "../support/facts.ts";
import { expect, test } from "../support/test.ts";

test("the log of a run says what each stage took, and is searched on the server", async ({
  page,
}) => {
  await page.goto(`/runs/${(await readFacts()).run}/logs`);
  const log = page.getByRole("log");
  await expect(log).toContainText("started");
  await page.getByRole("searchbox", { name: "Search the log" }).fill("mIoU");
  await expect(log).toContainText(/done in [\d.]+ s .*mIoU/);
  await expect(log).not.toContainText("started");
});
