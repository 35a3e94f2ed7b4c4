import { z } from "zod";

/** What a worker asks `POST /api/workers/pair`, its token in the Authorization header. */
export const pairRequestSchema = z.strictObject({ hostname: z.string().min(1).max(255) });

/** What it is told: where the database and the data home are. */
export const pairAnswerSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** Commit or version of the dashboard. */
  version: z.string(),
  databaseUrl: z.string(),
  /** Data home as the dashboard sees it. */
  home: z.string(),
  /** A file of the data home and what it says: proof that both see the same folder. */
  proof: z.strictObject({ path: z.string().regex(/^work\/pairing-[0-9a-z]+$/), text: z.string() }),
});
export type PairAnswer = z.infer<typeof pairAnswerSchema>;
