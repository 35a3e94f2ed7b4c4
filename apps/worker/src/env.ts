import { join, resolve } from "node:path";
import { z } from "zod";
import { BACKENDS } from "@seedmask/core/contract";

const ROOT = resolve(import.meta.dirname, "../../..");

const schema = z.object({
  /** Data home: database, datasets, artefacts, weights. */
  SEEDMASK_HOME: z
    .string()
    .default(join(ROOT, ".seedmask"))
    .transform((path) => resolve(path)),
  /** A PostgreSQL of one's own instead of the built-in one. */
  DATABASE_URL: z.string().optional(),
  SEEDMASK_BACKEND: z.enum([...BACKENDS, "auto"]).default("auto"),
  /** Least seconds between two checkpoints. */
  SEEDMASK_CHECKPOINT_SECONDS: z.coerce.number().nonnegative().default(15),
  /** `1` lets webhooks reach addresses of private networks. */
  SEEDMASK_WEBHOOK_PRIVATE: z.enum(["0", "1"]).default("0"),
  SEEDMASK_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

const parsed = schema.parse(process.env);

export const env = {
  home: parsed.SEEDMASK_HOME,
  databaseUrl: parsed.DATABASE_URL ?? null,
  backend: parsed.SEEDMASK_BACKEND,
  checkpointSeconds: parsed.SEEDMASK_CHECKPOINT_SECONDS,
  webhookPrivate: parsed.SEEDMASK_WEBHOOK_PRIVATE === "1",
  logLevel: parsed.SEEDMASK_LOG_LEVEL,
} as const;
