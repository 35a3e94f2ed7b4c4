import { expect, test } from "@playwright/test";
import { ADMIN, STATE_FILE } from "../support/addresses.ts";
import { EntryPage } from "../support/pages/entry-page.ts";

test.describe("first start", () => {
  test("leads a visitor to set-up, refuses a short password, and makes the admin", async ({
    page,
  }) => {
    const entry = new EntryPage(page);
    await page.goto("/");
    await expect(page).toHaveURL(/\/setup$/);
    await entry.fillForm({ ...ADMIN, password: "short" });
    await entry.createAdmin.click();
    await expect(entry.alert).toContainText("at least 10 characters");
    await entry.fillForm(ADMIN);
    await entry.createAdmin.click();
    await expect(page).toHaveURL(/\/setup\/checks$/);
    await expect(page.getByText(/worker is ready|workers are ready/)).toBeVisible();
    await page.getByRole("link", { name: "Go to the dashboard" }).click();
    await expect(page).toHaveURL(/\/$/);
    await page.context().storageState({ path: STATE_FILE });
  });

  test("closes sign-up after the first account", async ({ page }) => {
    await page.goto("/setup");
    await expect(page).toHaveURL(/\/login$/);
  });

  test("refuses a wrong password and lets the right one in", async ({ page }) => {
    const entry = new EntryPage(page);
    await page.goto("/login");
    await entry.email.fill(ADMIN.email);
    await entry.password.fill("wrong horse battery");
    await entry.signIn.click();
    await expect(entry.alert).toBeVisible();
    await entry.password.fill(ADMIN.password);
    await entry.signIn.click();
    await expect(page).toHaveURL(/\/$/);
  });
});
