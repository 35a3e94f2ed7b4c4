const EVERY_MILLISECONDS = 100;

/** Watches the process's resident memory until it is stopped; `stop` gives the highest bytes seen. */
export function watchPeakMemory(): { stop(): number } {
  let peak = process.memoryUsage.rss();
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage.rss());
  };
  const timer = setInterval(look, EVERY_MILLISECONDS);
  timer.unref();
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
