import { measureStorage, pruneArtifacts } from "@seedmask/db/exchange/storage";
import { adminProcedure, router } from "../trpc.ts";

export const storageRouter = router({
  use: adminProcedure.query(({ ctx }) =>
    measureStorage(ctx.database, { actor: ctx.actor, home: ctx.home }),
  ),
  prune: adminProcedure.mutation(({ ctx }) =>
    pruneArtifacts(ctx.database, { actor: ctx.actor, home: ctx.home }),
  ),
});
