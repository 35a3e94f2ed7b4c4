import type { Page } from "@playwright/test";

/** What a page felt like, from the browser's own clocks. */
export interface Felt {
  /** Sum of layout shifts without input; nothing jumps below 0.1. */
  readonly layoutShift: number;
  /** Milliseconds of every click and key from press to paint. */
  readonly interactions: readonly number[];
}

declare global {
  interface Window {
    seedmaskFelt?: { layoutShift: number; interactions: number[] };
  }
}

/** Has every page of the tab keep its layout shifts and the time its interactions took. */
export const watchPage = (page: Page): Promise<unknown> =>
  page.addInitScript(() => {
    const felt = (window.seedmaskFelt = { layoutShift: 0, interactions: [] as number[] });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { value, hadRecentInput } = entry as PerformanceEntry & {
          value: number;
          hadRecentInput: boolean;
        };
        if (!hadRecentInput) felt.layoutShift += value;
      }
    }).observe({ type: "layout-shift", buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        const { interactionId } = entry as PerformanceEntry & { interactionId: number };
        if (interactionId > 0) felt.interactions.push(entry.duration);
      }
    }).observe({ type: "event", durationThreshold: 16, buffered: true } as PerformanceObserverInit);
  });

export const feltSoFar = (page: Page): Promise<Felt> =>
  page.evaluate(() => window.seedmaskFelt ?? { layoutShift: 0, interactions: [] });

/** Bytes of live objects, after a collection. */
export async function heapBytes(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize;
}

export interface Answer {
  readonly url: string;
  readonly bytes: number;
}

/** What a page asks the dashboard for while `work` goes on, but for scripts, styles and pages ahead. */
export async function answersDuring(page: Page, work: () => Promise<void>): Promise<Answer[]> {
  const answers: Promise<Answer>[] = [];
  const keep = (response: Awaited<ReturnType<Page["waitForResponse"]>>): void => {
    const url = response.url();
    if (!/\/api\/(trpc|bundles|datasets|artifacts)/.test(url) || /events\.follow/.test(url)) return;
    answers.push(
      response.body().then(
        (body) => ({ url, bytes: body.length }),
        () => ({ url, bytes: 0 }),
      ),
    );
  };
  page.on("response", keep);
  await work();
  page.off("response", keep);
  return Promise.all(answers);
}

/** The time below which 95 of 100 are. */
export const p95 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1] ?? 0;
