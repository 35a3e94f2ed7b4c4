import { SeedmaskError } from "@seedmask/core/contract";
import { TRPCError } from "@trpc/server";

type Code = TRPCError["code"];

/** Our closed set of error codes, each mapped here and nowhere else. */
const CODES: Readonly<Record<string, Code>> = {
  "not-found": "NOT_FOUND",
  conflict: "CONFLICT",
  forbidden: "FORBIDDEN",
  precondition: "PRECONDITION_FAILED",
  "database-unavailable": "SERVICE_UNAVAILABLE",
  storage: "SERVICE_UNAVAILABLE",
  config: "BAD_REQUEST",
  dataset: "BAD_REQUEST",
  artifact: "NOT_FOUND",
  "value-range": "BAD_REQUEST",
  shape: "BAD_REQUEST",
};

/** What a browser may know of a failure; the cause stays with it, for the log. */
export function toTrpcError(error: unknown): TRPCError {
  if (error instanceof TRPCError && !(error.cause instanceof SeedmaskError)) return error;
  const known = error instanceof TRPCError ? error.cause : error;
  if (known instanceof SeedmaskError) {
    const code = CODES[known.code] ?? "INTERNAL_SERVER_ERROR";
    return new TRPCError({ code, message: known.message, cause: known });
  }
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: "Something went wrong on the server. The log of the dashboard has the reason.",
    cause: error,
  });
}
