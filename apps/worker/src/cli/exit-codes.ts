import { CancelledError, ConfigError, DatasetError, SeedmaskError } from "@seedmask/core/contract";
import { ZodError } from "zod";

/** What the command's exit status says. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  notFound: 3,
  unavailable: 4,
  cancelled: 130,
} as const;

export const EXIT_HELP = `
Exit codes:
  0    done
  1    the run or stage failed
  2    wrong usage or bad input (option, config, dataset, image, weights)
  3    what was named does not exist
  4    database, compute engine, disk or memory is not available
  130  cancelled`;

const UNAVAILABLE = new Set(["database-unavailable", "backend", "storage", "memory-estimate"]);
const BAD_INPUT = new Set(["shape", "weights", "artifact", "value-range", "precondition"]);

export function exitCodeOf(error: unknown): number {
  if (error instanceof CancelledError) return EXIT.cancelled;
  if (error instanceof ZodError || error instanceof ConfigError) return EXIT.usage;
  if (error instanceof DatasetError) {
    return error.details["notFound"] === true ? EXIT.notFound : EXIT.usage;
  }
  if (!(error instanceof SeedmaskError)) return EXIT.failed;
  if (error.code === "not-found") return EXIT.notFound;
  if (UNAVAILABLE.has(error.code)) return EXIT.unavailable;
  return BAD_INPUT.has(error.code) ? EXIT.usage : EXIT.failed;
}
