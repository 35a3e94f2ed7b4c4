import type { ValidationFinding } from "@seedmask/core/contract";
import { describe, expect, it } from "vitest";
import { CHECKS, outcomesOf } from "./checks.ts";

const finding = (
  check: string,
  severity: ValidationFinding["severity"] = "warning",
): ValidationFinding => ({ check, severity, message: "m", file: null, line: null });

describe("outcomesOf", () => {
  it("passes every check where nothing was found", () => {
    const outcomes = outcomesOf([]);
    expect(outcomes).toHaveLength(CHECKS.length);
    expect(outcomes.every(({ severity }) => severity === null)).toBe(true);
  });
  it("names the worst of a check and loses no finding", () => {
    const findings = [
      finding("mask-colours"),
      finding("mask-value", "error"),
      finding("unheard-of"),
    ];
    const outcomes = outcomesOf(findings);
    expect(outcomes.flatMap((one) => one.findings)).toHaveLength(3);
    expect(outcomes.find(({ severity }) => severity === "error")?.title).toContain("Mask values");
    expect(outcomes.at(-1)).toMatchObject({ title: "Other remarks", severity: "warning" });
  });
});
