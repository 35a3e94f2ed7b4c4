import { SeedmaskError } from "@seedmask/core/contract";

/** A part of the stack did not come up, or went away. */
export class StartError extends SeedmaskError {
  override readonly code = "start";
}
