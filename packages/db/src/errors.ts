import { SeedmaskError } from "@seedmask/core/contract";

/** What was asked for does not exist, or no longer does. */
export class NotFoundError extends SeedmaskError {
  override readonly code = "not-found";
}
/** The state has moved on: another writer was first, or the name is taken. */
export class ConflictError extends SeedmaskError {
  override readonly code = "conflict";
}
/** The actor's role does not allow it. */
export class ForbiddenError extends SeedmaskError {
  override readonly code = "forbidden";
}
/** Something else must happen first. */
export class PreconditionError extends SeedmaskError {
  override readonly code = "precondition";
}
/** PostgreSQL could not be reached or started. Worth another try. */
export class DatabaseUnavailableError extends SeedmaskError {
  override readonly code = "database-unavailable";
  override readonly retryable = true;
}
