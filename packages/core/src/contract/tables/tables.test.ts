import { describe, expect, it } from "vitest";
import { csvLine } from "./csv.ts";
import { formatLeaderboard } from "./leaderboard.ts";

describe("csvLine", () => {
  it("quotes what would break a line and defuses what a spreadsheet would execute", () => {
    expect(csvLine(["a,b", 'say "hi"', null, 0.5])).toBe('"a,b","say ""hi""",,0.5\r\n');
    expect(csvLine(["=1+1", "@x", "-2", -2])).toBe("'=1+1,'@x,'-2,-2\r\n");
  });
});

const table = {
  published: [
    {
      method: "SEAM_1",
      backbone: "WR38",
      stage: "predict",
      split: "val",
      meanIou: 0.64754,
      source: "SEAM released code",
    },
  ],
  classes: ["cat_a", "dog"],
  rows: [
    {
      title: "seam & oaa_1",
      recipe: "seam",
      supervision: "image-labels",
      n: 3,
      mean: 0.6123,
      std: 0.0041,
      classes: [
        { label: 0, mean: 0.9 },
        { label: 2, mean: 0.5 },
      ],
    },
    { title: "a|b", recipe: null, supervision: "masks", n: 1, mean: 0.5, std: null, classes: [] },
  ],
} as const;

describe("formatLeaderboard", () => {
  it("writes exact numbers and an empty cell for an absent class as CSV", () => {
    expect(formatLeaderboard(table, "csv").split("\r\n")).toEqual([
      "rank,title,recipe,supervision,n,mean_iou,std,published_in,background,cat_a,dog",
      "1,seam & oaa_1,seam,image-labels,3,0.6123,0.0041,,0.9,,0.5",
      "2,a|b,,masks,1,0.5,,,,,",
      ',"SEAM_1, WR38",,image-labels,,0.64754,,SEAM released code,,,',
      "",
    ]);
  });

  it("escapes names and marks the best as LaTeX", () => {
    const latex = formatLeaderboard(table, "latex");
    expect(latex).toContain(
      "seam \\& oaa\\_1 & 3 & 90.0 & – & 50.0 & \\textbf{$61.2 \\pm 0.4$} \\\\",
    );
    expect(latex).toContain("a|b$^\\dagger$ & 1");
  });

  it("marks what others have published, after ours and without a rank", () => {
    const latex = formatLeaderboard(table, "latex").split("\n");
    expect(latex.at(-5)).toBe(
      "SEAM\\_1, WR38$^\\ddagger$ & – & – & – & – & $64.8$ \\\\ % published: SEAM released code",
    );
    expect(latex.at(-6)).toBe("\\midrule");
    expect(formatLeaderboard(table, "markdown")).toContain(
      "| – | SEAM_1, WR38 | published: SEAM released code | image labels | – | 64.8 |",
    );
    expect(formatLeaderboard({ ...table, published: [] }, "latex").match(/midrule/gu)).toHaveLength(
      1,
    );
  });

  it("keeps a bar in a name from ending a cell of Markdown", () => {
    expect(formatLeaderboard(table, "markdown")).toContain("| 2 | a\\|b | – | masks | 1 | 50.0 |");
  });
});
