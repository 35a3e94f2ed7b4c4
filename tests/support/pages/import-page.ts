import type { Locator, Page } from "@playwright/test";

/** The form that checks a folder, and then imports it. */
export class ImportPage {
  readonly #page: Page;
  readonly main: Locator;
  readonly import: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.main = page.getByRole("main");
    this.import = page.getByRole("button", { name: "Import", exact: true });
  }

  async check(folder: string, name: string): Promise<void> {
    await this.#page.goto("/datasets/import");
    await this.#page.getByLabel("Folder or archive on the server").fill(folder);
    await this.#page.getByLabel("Name", { exact: true }).fill(name);
    await this.#page.getByRole("button", { name: "Check", exact: true }).click();
  }

  async openImported(name: string): Promise<void> {
    await this.#page.getByRole("link", { name: `Open ${name}` }).click();
  }
}
