/** Seconds an orderly end may take. */
const PATIENCE_SECONDS = 15;

/** Runs `stop` at the first SIGINT or SIGTERM, then ends the process; a second signal ends it at once. */
export function onShutdown(stop: (signal: string) => Promise<void>): void {
  let stopping = false;
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), PATIENCE_SECONDS * 1000).unref();
      void stop(signal).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}
