import { followEvents, latestEventId } from "@seedmask/db";
import { tracked } from "@trpc/server";
import { z } from "zod";
import { router, viewerProcedure } from "../trpc.ts";

const followInput = z.object({
  /** The run whose curves and log the tab shows; of all others it gets status and progress. */
  detailOf: z.string().max(64).nullable(),
  /** Set by the client when it reconnects. */
  lastEventId: z.coerce.number().int().nonnegative().nullish(),
});

export const eventsRouter = router({
  /** The one stream of a tab. After a broken line it goes on where the tab was. */
  follow: viewerProcedure.input(followInput).subscription(async function* ({ ctx, input, signal }) {
    const feed = await ctx.feed();
    const after = input.lastEventId ?? (await latestEventId(ctx.database));
    const ended = signal ?? new AbortController().signal;
    for await (const event of followEvents(ctx.database, feed, { after, signal: ended })) {
      const detail = event.type === "metric" || event.type === "log";
      if (detail && event.runId !== input.detailOf) continue;
      yield tracked(String(event.id), event);
    }
  }),
});
