import type { Page } from "@playwright/test";
import { type Answer, p95 } from "./watch-page.ts";

/** A figure and the most it may be. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: number;
}

const REPEATS = 20;

/** Asks again, from outside the page, for what a page asked; the time until the answer is whole. */
export async function timeAnswers(
  page: Page,
  name: string,
  answers: readonly Answer[],
  budget: number,
): Promise<Row> {
  const times: number[] = [];
  for (let repeat = 0; repeat < REPEATS; repeat += 1) {
    for (const { url } of answers) {
      const begin = performance.now();
      const answer = await page.request.get(url);
      if (!answer.ok())
        throw new Error(`bench: expected an answer, got ${answer.status()}: ${url}`);
      await answer.body();
      times.push(performance.now() - begin);
    }
  }
  return {
    name: `${name}, p95 of ${times.length}`,
    value: Math.round(p95(times)),
    unit: "ms",
    budget,
  };
}
