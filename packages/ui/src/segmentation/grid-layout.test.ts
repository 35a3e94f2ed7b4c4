import { describe, expect, it } from "vitest";
import { gridLayout } from "./grid-layout.ts";

const base = { count: 52_910, tileWidth: 200, aspect: 0.75, footerHeight: 28, gap: 12 };

describe("gridLayout", () => {
  it("fills the width with whole tiles", () => {
    const { columns, width } = gridLayout({ ...base, width: 1180 });
    expect([columns, width]).toEqual([5, 226]);
    expect(columns * width + (columns - 1) * 12).toBeLessThanOrEqual(1180);
  });
  it("gives a narrow screen one column", () => {
    expect(gridLayout({ ...base, width: 150 })).toMatchObject({ columns: 1, width: 150 });
  });
  it.each([390, 1440, 1920, 2560])("keeps at most 120 tiles alive %d pixels wide", (width) => {
    const { columns, rowHeight, overscan } = gridLayout({ ...base, width });
    const visible = Math.ceil(1100 / rowHeight) + 1;
    expect((visible + 2 * overscan) * columns).toBeLessThanOrEqual(120);
  });
  it("has no row without tiles", () => {
    expect(gridLayout({ ...base, count: 0, width: 800 }).rows).toBe(0);
  });
});
