import { DASHBOARD_URL } from "../support/addresses.ts";
import { readFacts } from "../support/facts.ts";
import { EntryPage } from "../support/pages/entry-page.ts";
import { tinyConfig } from "../support/run-configs.ts";
import { expect, test } from "../support/test.ts";

const GUEST = { name: "Vera Viewer", email: "vera@example.org", password: "a horse of my own" };

test("someone invited as a viewer comes in once, looks, and may not launch", async ({
  page,
  visit,
}) => {
  await page.goto("/settings");
  await page.getByRole("combobox", { name: "Role of the invited" }).click();
  await page.getByRole("option", { name: "viewer" }).click();
  await page.getByRole("button", { name: "Make a link" }).click();
  const link = await page.getByText(`${DASHBOARD_URL}/invite/`).textContent();

  const guest = await visit();
  await guest.goto(link ?? "");
  await expect(guest.getByText("You were invited as viewer.")).toBeVisible();
  await new EntryPage(guest).fillForm(GUEST);
  await guest.getByRole("button", { name: "Join" }).click();
  await expect(guest).toHaveURL(`${DASHBOARD_URL}/`);

  const { run, dataset } = await readFacts();
  await guest.goto(`/runs/${run}`);
  await expect(guest.getByRole("heading", { name: /Finished run/ })).toBeVisible();
  for (const name of ["New run", "Duplicate"]) {
    await expect(guest.getByRole("link", { name })).toHaveCount(0);
  }
  const refused = await guest.request.post("/api/trpc/runs.create", {
    data: { json: { config: tinyConfig(), dataset, recipe: null, title: "Not allowed" } },
  });
  expect(refused.status()).toBe(403);
  expect(await refused.text()).toContain("role member");

  const late = await visit();
  await late.goto(link ?? "");
  await expect(late.getByRole("heading", { name: "This invitation is over" })).toBeVisible();
  await page.reload();
  await expect(page.getByRole("combobox", { name: `Role of ${GUEST.name}` })).toContainText(
    "viewer",
  );
});
