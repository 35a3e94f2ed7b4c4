import { csvLine, type ValidationFinding } from "@seedmask/core/contract";

const HEAD = ["severity", "check", "file", "line", "message"];

/** The findings of a report as a CSV file, made in the browser. */
export function saveFindings(name: string, findings: readonly ValidationFinding[]): void {
  const lines = findings.map(({ severity, check, file, line, message }) =>
    csvLine([severity, check, file, line, message]),
  );
  const url = URL.createObjectURL(new Blob([csvLine(HEAD), ...lines], { type: "text/csv" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${name}-validation.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
