import { expect, type Locator, type Page } from "@playwright/test";

const IOU = /IoU ([\d.]+)/;

/** The wall of images of a run, and the viewer over it. */
export class GalleryPage {
  readonly #page: Page;
  readonly tiles: Locator;
  readonly viewer: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.tiles = page.getByRole("button").filter({ has: page.getByRole("img", { name: IOU }) });
    this.viewer = page.getByRole("dialog");
  }

  async open(run: string): Promise<void> {
    await this.#page.goto(`/runs/${run}/gallery`);
    await expect(this.tiles.first()).toBeVisible();
  }

  async choose(filter: string, option: string | RegExp): Promise<void> {
    await this.#page.getByRole("combobox", { name: filter }).click();
    await this.#page.getByRole("option", { name: option }).first().click();
  }

  /** A layer's button in the viewer. */
  layer(name: string): Locator {
    return this.viewer.getByRole("radio", { name, exact: true });
  }

  /** IoU of each visible tile, in percent, as it is read out. */
  async ious(): Promise<number[]> {
    const names = await this.tiles
      .getByRole("img", { name: IOU })
      .evaluateAll((images) =>
        images.map((image) => image.getAttribute("alt") ?? image.getAttribute("aria-label") ?? ""),
      );
    return names.map((name) => Number(IOU.exec(name)?.[1]));
  }
}
