/** Bytes of the module compiled from packages/core/assembly. */
export function compileDenseCrf(): Promise<Uint8Array>;
