import type { Locator, Page } from "@playwright/test";

/** One run: header, stages, and its tabs. */
export class RunPage {
  readonly #page: Page;
  readonly status: Locator;
  readonly cancel: Locator;
  readonly retry: Locator;
  readonly stages: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.status = page.getByRole("main").locator("dl").first();
    this.cancel = page.getByRole("button", { name: "Cancel" });
    this.retry = page.getByRole("button", { name: "Retry", exact: true });
    this.stages = page.getByRole("table", { name: "Stages" });
  }

  async open(run: string): Promise<void> {
    await this.#page.goto(`/runs/${run}`);
  }

  /** The row of one stage, by its title. */
  stage(title: string): Locator {
    return this.stages.getByRole("row").filter({ hasText: title });
  }
}
