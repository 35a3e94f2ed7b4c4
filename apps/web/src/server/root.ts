import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { auditRouter } from "./routers/audit.ts";
import { datasetsRouter } from "./routers/datasets.ts";
import { evaluationsRouter } from "./routers/evaluations.ts";
import { evidenceRouter } from "./routers/evidence.ts";
import { eventsRouter } from "./routers/events.ts";
import { galleryRouter } from "./routers/gallery.ts";
import { leaderboardRouter } from "./routers/leaderboard.ts";
import { logsRouter } from "./routers/logs.ts";
import { peopleRouter } from "./routers/people.ts";
import { predictionsRouter } from "./routers/predictions.ts";
import { recipesRouter } from "./routers/recipes.ts";
import { runsRouter } from "./routers/runs.ts";
import { storageRouter } from "./routers/storage.ts";
import { systemRouter } from "./routers/system.ts";
import { sweepsRouter } from "./routers/sweeps.ts";
import { tokensRouter } from "./routers/tokens.ts";
import { viewsRouter } from "./routers/views.ts";
import { webhooksRouter } from "./routers/webhooks.ts";
import { workersRouter } from "./routers/workers.ts";
import { createCallerFactory, router } from "./trpc.ts";

export const appRouter = router({
  audit: auditRouter,
  datasets: datasetsRouter,
  evaluations: evaluationsRouter,
  events: eventsRouter,
  evidence: evidenceRouter,
  gallery: galleryRouter,
  leaderboard: leaderboardRouter,
  logs: logsRouter,
  people: peopleRouter,
  predictions: predictionsRouter,
  recipes: recipesRouter,
  runs: runsRouter,
  storage: storageRouter,
  system: systemRouter,
  sweeps: sweepsRouter,
  tokens: tokensRouter,
  views: viewsRouter,
  webhooks: webhooksRouter,
  workers: workersRouter,
});

export type AppRouter = typeof appRouter;
export type RouterInputs = inferRouterInputs<AppRouter>;
export type RouterOutputs = inferRouterOutputs<AppRouter>;
export const createCaller = createCallerFactory(appRouter);
