import { Presets, SingleBar } from "cli-progress";
import pc from "picocolors";

const say = (stream: NodeJS.WriteStream, text: string): void => {
  stream.write(`${text}\n`);
};

/** Results go to standard output, everything about the work to standard error. */
export const print = (text: string): void => say(process.stdout, text);
export const note = (text: string): void => say(process.stderr, text);
export const printJson = (value: unknown): void => print(JSON.stringify(value, null, 2));

export const percent = (share: number | null | undefined): string =>
  share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)} %`;
export const seconds = (value: number | null | undefined): string =>
  value === null || value === undefined ? "–" : `${value.toFixed(1)} s`;
export const megabytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`;

/** Rows under headings, columns aligned. */
export function printTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): void {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  print(pc.bold(line(headings)));
  for (const row of rows) print(line(row));
}

export interface ProgressLine {
  update(done: number, total: number, detail?: string): void;
  stop(): void;
}

/** Least milliseconds between two plain progress lines. */
const PLAIN_MILLISECONDS = 5000;

/** A bar on a terminal, a line every few seconds elsewhere, nothing when told to be quiet. */
export function startProgressLine(name: string, { quiet }: { quiet: boolean }): ProgressLine {
  if (quiet) return { update: () => undefined, stop: () => undefined };
  if (process.stderr.isTTY) {
    const format = `  ${name} {bar} {value}/{total} {detail}`;
    const bar = new SingleBar(
      { format, stream: process.stderr, hideCursor: true },
      Presets.shades_classic,
    );
    let started = false;
    return {
      update(done, total, detail = "") {
        if (!started) bar.start(total, done, { detail });
        started = true;
        bar.setTotal(total);
        bar.update(done, { detail });
      },
      stop: () => bar.stop(),
    };
  }
  let saidAt = performance.now();
  return {
    update(done, total, detail = "") {
      const now = performance.now();
      if (now - saidAt < PLAIN_MILLISECONDS) return;
      saidAt = now;
      note(`  ${name} ${done}/${total} ${detail}`.trimEnd());
    },
    stop: () => undefined,
  };
}
