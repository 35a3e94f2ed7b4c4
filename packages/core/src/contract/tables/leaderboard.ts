import { csvLine } from "./csv.ts";

/** What of a leaderboard's row goes into a table. */
export interface RankedRow {
  readonly title: string;
  readonly recipe: string | null;
  readonly supervision: "image-labels" | "masks";
  readonly n: number;
  readonly mean: number;
  readonly std: number | null;
  readonly classes: readonly { readonly label: number; readonly mean: number }[];
}

/** What of a number of others goes into a table; 0…1. */
export interface PublishedRow {
  readonly method: string;
  readonly backbone: string;
  readonly meanIou: number;
  readonly source: string;
}

export interface LeaderboardTable {
  readonly rows: readonly RankedRow[];
  /** Foreground class names; position = class index. */
  readonly classes: readonly string[];
  /** Numbers of others, after ours and marked as such: without a rank, with their source. */
  readonly published: readonly PublishedRow[];
}

export const LEADERBOARD_FORMATS = ["csv", "latex", "markdown"] as const;
export type LeaderboardFormat = (typeof LEADERBOARD_FORMATS)[number];

const percent = (share: number | undefined): string =>
  share === undefined ? "–" : (share * 100).toFixed(1);

const labelNames = (classes: readonly string[]): string[] => ["background", ...classes];

const classMean = (row: RankedRow, label: number): number | undefined =>
  row.classes.find((each) => each.label === label)?.mean;

/** Exact shares 0…1, for reading by programs. */
function toCsv({ rows, classes, published }: LeaderboardTable): string {
  const names = labelNames(classes);
  const head = ["rank", "title", "recipe", "supervision", "n", "mean_iou", "std", "published_in"];
  const lines = rows.map((row, at) =>
    csvLine([
      at + 1,
      row.title,
      row.recipe,
      row.supervision,
      row.n,
      row.mean,
      row.std,
      null,
      ...names.map((_, label) => classMean(row, label) ?? null),
    ]),
  );
  const others = published.map(({ method, backbone, meanIou, source }) =>
    csvLine([
      null,
      `${method}, ${backbone}`,
      null,
      "image-labels",
      null,
      meanIou,
      null,
      source,
      ...names.map(() => null),
    ]),
  );
  return [csvLine([...head, ...names]), ...lines, ...others].join("");
}

const LATEX_WORDS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
};
const latexText = (text: string): string =>
  text.replace(/[\\~^&%$#_{}]/g, (sign) => LATEX_WORDS[sign] ?? `\\${sign}`);

const meanAndStd = (row: RankedRow, between: string): string =>
  row.std === null ? percent(row.mean) : `${percent(row.mean)}${between}${percent(row.std)}`;

/** A booktabs table in percent; the best mean is bold. */
function toLatex({ rows, classes, published }: LeaderboardTable): string {
  const names = labelNames(classes);
  const best = Math.max(...rows.map(({ mean }) => mean));
  const body = rows.map((row) => {
    const mean = `$${meanAndStd(row, " \\pm ")}$`;
    const cells = [
      latexText(row.title) + (row.supervision === "masks" ? "$^\\dagger$" : ""),
      String(row.n),
      ...names.map((_, label) => percent(classMean(row, label))),
      row.mean === best ? `\\textbf{${mean}}` : mean,
    ];
    return `${cells.join(" & ")} \\\\`;
  });
  const others = published.map(({ method, backbone, meanIou, source }) => {
    const title = `${latexText(`${method}, ${backbone}`)}$^\\ddagger$`;
    const cells = [title, "–", ...names.map(() => "–"), `$${percent(meanIou)}$`];
    return `${cells.join(" & ")} \\\\ % published: ${source}`;
  });
  return [
    `\\begin{tabular}{lr${"r".repeat(names.length)}r}`,
    "\\toprule",
    `${["Method", "n", ...names.map(latexText), "mIoU"].join(" & ")} \\\\`,
    "\\midrule",
    ...body,
    ...(others.length > 0 ? ["\\midrule", ...others] : []),
    "\\bottomrule",
    "\\end{tabular}",
    "% dagger: trained on masks; double dagger: published by others, not run here",
    "",
  ].join("\n");
}

const markdownText = (text: string): string => text.replace(/[\\|]/g, (sign) => `\\${sign}`);

function toMarkdown({ rows, published }: LeaderboardTable): string {
  const lines = rows.map((row, at) => {
    const trained = row.supervision === "masks" ? "masks" : "image labels";
    const mean = meanAndStd(row, " ± ");
    return `| ${at + 1} | ${markdownText(row.title)} | ${markdownText(row.recipe ?? "–")} | ${trained} | ${row.n} | ${mean} |`;
  });
  const others = published.map(({ method, backbone, meanIou, source }) => {
    const title = markdownText(`${method}, ${backbone}`);
    return `| – | ${title} | published: ${markdownText(source)} | image labels | – | ${percent(meanIou)} |`;
  });
  return [
    "| # | Method | Recipe | Trained on | n | mIoU, % |",
    "| ---: | --- | --- | --- | ---: | ---: |",
    ...lines,
    ...others,
    "",
  ].join("\n");
}

const WRITERS: Readonly<Record<LeaderboardFormat, (table: LeaderboardTable) => string>> = {
  csv: toCsv,
  latex: toLatex,
  markdown: toMarkdown,
};

/** A leaderboard as text: exact numbers in CSV, percent with one decimal in the other two. */
export const formatLeaderboard = (table: LeaderboardTable, format: LeaderboardFormat): string =>
  WRITERS[format](table);
