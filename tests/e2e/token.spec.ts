import { z } from "zod";
import { ask, command } from "../support/api.ts";
import { readFacts } from "../support/facts.ts";
import { tinyConfig } from "../support/run-configs.ts";
import { expect, test } from "../support/test.ts";

const createdSchema = z.array(z.object({ id: z.string() })).min(1);
const runSchema = z.object({ status: z.string(), meanIou: z.number().nullable() });

test("CI launches with a token, waits for the result, and may do no more", async ({ page }) => {
  test.setTimeout(180_000);
  await page.goto("/settings");
  const tokens = page.locator("form").filter({ hasText: "run:create" });
  await tokens.getByRole("textbox", { name: "Name" }).fill("nightly");
  await tokens.getByRole("button", { name: "Make a token" }).click();
  const token =
    (await page
      .getByRole("status")
      .filter({ hasText: "Copy it now" })
      .locator("code")
      .textContent()) ?? "";

  // Equal to the finished run: its stages are taken over.
  const { dataset, run } = await readFacts();
  const input = { config: tinyConfig(), dataset, recipe: null, title: "Nightly" };
  const created = await command("runs.create", { token, input, answer: createdSchema });
  const runId = created.data?.[0]?.id ?? "";
  const read = async (id: string) =>
    (await ask("runs.get", { token, input: { runId: id }, answer: runSchema })).data;
  await expect
    .poll(async () => (await read(runId))?.status, { timeout: 120_000 })
    .toBe("succeeded");
  expect((await read(runId))?.meanIou).toBe((await read(run))?.meanIou);

  const removal = { token, input: { runId }, answer: z.unknown() };
  const refused = await command("runs.remove", removal);
  expect(refused.status).toBe(403);
  expect(refused.text).toContain("run:write");

  await page.reload();
  const row = page.getByRole("listitem").filter({ hasText: "nightly" });
  await expect(row).toContainText("used");
  await expect(row).not.toContainText("never used");
  await row.getByRole("button", { name: "Revoke" }).click();
  await expect(row).toHaveCount(0);
  expect((await ask("runs.get", removal)).status).toBe(401);
});
