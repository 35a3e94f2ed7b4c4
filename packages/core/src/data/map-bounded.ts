/**
 * Applies an asynchronous function to many items, at most `concurrency` at a time, and yields the
 * results in the order of the items. Work ahead of a slow reader stops at `concurrency` results.
 *
 * Once it throws or the reader leaves early nothing new is started, and what runs is waited for.
 */
export async function* mapBounded<Item, Result>(
  items: Iterable<Item>,
  concurrency: number,
  apply: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const next = apply(item);
      // Awaited in order below; until then a failure must not count as unhandled.
      next.catch(() => undefined);
      running.push(next);
      if (running.length >= concurrency) yield await running.shift()!;
    }
    while (running.length > 0) yield await running.shift()!;
  } finally {
    await Promise.allSettled(running);
  }
}
