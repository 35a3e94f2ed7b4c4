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
  /** Id of a paired worker; its pairing gave the database and the data home above. */
  SEEDMASK_WORKER_ID: z.string().optional(),
  /** Address of the dashboard and token, for `seedmask worker` of another machine. */
  SEEDMASK_URL: z.url().optional(),
  SEEDMASK_WORKER_TOKEN: z.string().optional(),
  SEEDMASK_LOG_LEVEL: z.enum(["trace", "debug", "info", "warn", "error", "silent"]).default("info"),
});

const parsed = schema.parse(process.env);

export const env = {
  home: parsed.SEEDMASK_HOME,
  databaseUrl: parsed.DATABASE_URL ?? null,
  backend: parsed.SEEDMASK_BACKEND,
  checkpointSeconds: parsed.SEEDMASK_CHECKPOINT_SECONDS,
  webhookPrivate: parsed.SEEDMASK_WEBHOOK_PRIVATE === "1",
  workerId: parsed.SEEDMASK_WORKER_ID ?? null,
  url: parsed.SEEDMASK_URL ?? null,
  workerToken: parsed.SEEDMASK_WORKER_TOKEN ?? null,
  logLevel: parsed.SEEDMASK_LOG_LEVEL,
} as const;

/** Environment of a worker process that works with what its pairing gave. */
export function pairedEnvironment({
  id,
  home,
  databaseUrl,
}: {
  readonly id: string;
  readonly home: string;
  readonly databaseUrl: string;
}): NodeJS.ProcessEnv {
  const { SEEDMASK_WORKER_TOKEN: _token, ...rest } = process.env;
  return {
    ...rest,
    SEEDMASK_WORKER_ID: id,
    SEEDMASK_HOME: home,
    DATABASE_URL: databaseUrl,
  };
}
