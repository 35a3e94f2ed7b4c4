import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatDelta,
  formatDuration,
  formatIou,
  formatNumber,
  formatAge,
} from "./format.ts";

describe("formatIou", () => {
  it("multiplies by 100 and keeps one decimal", () => {
    expect(formatIou(0.6241)).toBe("62.4");
  });
  it("tells zero, absent, pending and failed apart", () => {
    expect([0, null, "not-yet" as const, "failed" as const].map(formatIou)).toEqual([
      "0.0",
      "—",
      "·",
      "×",
    ]);
  });
  it("never prints NaN", () => {
    expect(formatIou(Number.NaN)).toBe("×");
  });
});

describe("formatDelta", () => {
  it("always carries a sign", () => {
    expect([0.031, -0.004, 0.0001].map(formatDelta)).toEqual(["+3.1", "−0.4", "±0.0"]);
  });
});

describe("formatDuration", () => {
  it("grows its unit with the value", () => {
    expect([0.42, 42, 185, 8100, 300_000].map(formatDuration)).toEqual([
      "0.4 s",
      "42 s",
      "3 m 05 s",
      "2 h 15 m",
      "3 d 11 h",
    ]);
  });
  it("never writes 60 s", () => {
    expect(formatDuration(59.7)).toBe("1 m 00 s");
  });
});

describe("formatBytes", () => {
  it("uses powers of a thousand", () => {
    expect([512, 1300, 48_600_000].map(formatBytes)).toEqual(["512 B", "1.3 kB", "48.6 MB"]);
  });
});

describe("formatNumber", () => {
  it("keeps four significant digits", () => {
    expect([0, 0.123456, -12.3456, 0.00001].map(formatNumber)).toEqual([
      "0",
      "0.1235",
      "−12.35",
      "1.00e−5",
    ]);
  });
});

describe("formatAge", () => {
  it("speaks in the largest fitting unit", () => {
    expect([10, 300, 7200, 864_000].map(formatAge)).toEqual([
      "just now",
      "5 min ago",
      "2 h ago",
      "10 d ago",
    ]);
  });
});
