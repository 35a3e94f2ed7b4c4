import type { Locator, Page } from "@playwright/test";

/** Set-up, sign-in and invitation: the doors of the dashboard. */
export class EntryPage {
  readonly name: Locator;
  readonly email: Locator;
  readonly password: Locator;
  readonly createAdmin: Locator;
  readonly signIn: Locator;
  readonly alert: Locator;

  constructor(page: Page) {
    this.name = page.getByLabel("Name");
    this.email = page.getByLabel("E-mail");
    this.password = page.getByLabel("Password");
    this.createAdmin = page.getByRole("button", { name: "Create admin" });
    this.signIn = page.getByRole("button", { name: "Sign in" });
    this.alert = page.getByRole("alert").filter({ hasText: /\S/ });
  }

  async fillForm({
    name,
    email,
    password,
  }: Record<"name" | "email" | "password", string>): Promise<void> {
    await this.name.fill(name);
    await this.email.fill(email);
    await this.password.fill(password);
  }
}
