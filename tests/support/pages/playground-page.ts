import type { Locator, Page } from "@playwright/test";

type ImageFile =
  | string
  | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

/** Where an image is dropped on a model. */
export class PlaygroundPage {
  readonly #page: Page;
  readonly alert: Locator;
  /** Classes with their scores, the likeliest first. */
  readonly classes: Locator;

  constructor(page: Page) {
    this.#page = page;
    this.alert = page.getByRole("alert").filter({ hasText: /\S/ });
    this.classes = page.getByRole("main").getByRole("button", { name: /\d %$/ });
  }

  async drop(file: ImageFile): Promise<void> {
    await this.#page.getByLabel("Image file").setInputFiles(file);
  }

  layer(name: string): Locator {
    return this.#page.getByRole("radio", { name, exact: true });
  }

  async scores(): Promise<number[]> {
    const texts = await this.classes.allTextContents();
    return texts.map((text) => Number(/([\d.]+) %$/.exec(text)?.[1]));
  }

  /** Share of the canvas that is not clear. */
  paintedShare(): Promise<number> {
    return this.#page.locator("canvas").evaluate((canvas) => {
      const context = canvas instanceof HTMLCanvasElement ? canvas.getContext("2d") : null;
      if (context === null) return 0;
      const { width, height } = context.canvas;
      const { data } = context.getImageData(0, 0, width, height);
      return data.filter((value, at) => at % 4 === 3 && value > 0).length / (width * height);
    });
  }
}
