import { RECIPES } from "@seedmask/core/contract";
import { router, viewerProcedure } from "../trpc.ts";

export const recipesRouter = router({
  list: viewerProcedure.query(() => [...RECIPES]),
});
