import { z } from "zod";
import manifest from "../package.json" with { type: "json" };

const envSchema = z.object({
  DATABASE_URL: z.string().min(1, "DATABASE_URL: expected a PostgreSQL address"),
  SEEDMASK_HOME: z.string().min(1, "SEEDMASK_HOME: expected the data folder"),
  /** Signs sessions; without it one is made and kept in the data folder. */
  BETTER_AUTH_SECRET: z
    .string()
    .min(32, "BETTER_AUTH_SECRET: expected at least 32 characters")
    .optional(),
  /** Address users type, where a proxy stands in front; decides whether cookies are Secure. */
  SEEDMASK_ORIGIN: z.url().optional(),
  /** `host` or `host:port` under which workers of other machines reach PostgreSQL. */
  SEEDMASK_DATABASE_HOST: z.string().optional(),
  LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]).default("info"),
});

export type Env = z.infer<typeof envSchema>;

/** Parsed at the first request, not at import: `next build` loads this file without a database. */
export const readEnv = (): Env => envSchema.parse(process.env);

/** Commit this dashboard was started from, or its version: recorded with each run it launches. */
export const CODE_VERSION: string = process.env["SEEDMASK_COMMIT"] || manifest.version;
