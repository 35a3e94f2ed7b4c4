/**
 * Errors that cross a room's door. Messages follow one grammar:
 * `where: expected X, got Y. What to do.`
 */
export interface SeedmaskErrorOptions {
  readonly cause?: unknown;
  readonly details?: Readonly<Record<string, unknown>>;
}

export abstract class SeedmaskError extends Error {
  abstract readonly code: string;
  /** Whether the same work may succeed when tried again: a lost disk may come back, a shape will not. */
  readonly retryable: boolean = false;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(message: string, options: SeedmaskErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.details = options.details ?? {};
  }
}

export class ShapeError extends SeedmaskError {
  override readonly code = "shape";
}
export class ValueRangeError extends SeedmaskError {
  override readonly code = "value-range";
}
export class ConfigError extends SeedmaskError {
  override readonly code = "config";
}
export class DatasetError extends SeedmaskError {
  override readonly code = "dataset";
}
export class WeightsError extends SeedmaskError {
  override readonly code = "weights";
}
export class ArtifactError extends SeedmaskError {
  override readonly code = "artifact";
}
/** The store could not be written or read: full disk, lost mount. Worth another try. */
export class StorageError extends SeedmaskError {
  override readonly code = "storage";
  override readonly retryable = true;
}
export class BackendError extends SeedmaskError {
  override readonly code = "backend";
}
export class MemoryEstimateError extends SeedmaskError {
  override readonly code = "memory-estimate";
}
export class CancelledError extends SeedmaskError {
  override readonly code = "cancelled";
}
