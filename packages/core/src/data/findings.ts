import type { ValidationFinding } from "../contract/index.ts";

type Severity = ValidationFinding["severity"];

/** Where a finding points: a file of the user's, and a line of it where it is a text file. */
export interface Place {
  readonly file?: string;
  readonly line?: number | null;
}

/** Findings of one check that are listed one by one; the rest are counted. */
const LISTED_PER_CHECK = 100;

/** Collects findings while a dataset is read. */
export class Findings {
  private readonly listed: ValidationFinding[] = [];
  private readonly counts = new Map<string, { severity: Severity; check: string; count: number }>();

  add(severity: Severity, check: string, message: string, { file, line }: Place = {}): void {
    const key = `${severity} ${check}`;
    const counted = this.counts.get(key) ?? { severity, check, count: 0 };
    counted.count += 1;
    this.counts.set(key, counted);
    if (counted.count > LISTED_PER_CHECK) return;
    this.listed.push({ severity, check, message, file: file ?? null, line: line ?? null });
  }

  get errors(): number {
    let errors = 0;
    for (const { severity, count } of this.counts.values())
      if (severity === "error") errors += count;
    return errors;
  }

  /** Errors first, each check's overflow as one line at its end. */
  all(): ValidationFinding[] {
    const overflow = [...this.counts.values()]
      .filter(({ count }) => count > LISTED_PER_CHECK)
      .map(({ severity, check, count }) => ({
        severity,
        check,
        message: `${count - LISTED_PER_CHECK} more of this kind are not listed`,
        file: null,
        line: null,
      }));
    const order = ["error", "warning", "info"];
    return [...this.listed, ...overflow].toSorted(
      (a, b) => order.indexOf(a.severity) - order.indexOf(b.severity),
    );
  }
}
