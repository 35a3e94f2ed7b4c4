"use client";
import {
  formatLeaderboard,
  type LeaderboardFormat,
  type LeaderboardTable,
} from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Menu } from "@seedmask/ui/primitives/menu";
import { Download } from "lucide-react";

const FILES: Readonly<Record<LeaderboardFormat, { label: string; ending: string; type: string }>> =
  {
    csv: { label: "CSV", ending: "csv", type: "text/csv" },
    latex: { label: "LaTeX", ending: "tex", type: "text/x-tex" },
    markdown: { label: "Markdown", ending: "md", type: "text/markdown" },
  };

function save(table: LeaderboardTable, format: LeaderboardFormat): void {
  const { ending, type } = FILES[format];
  const url = URL.createObjectURL(new Blob([formatLeaderboard(table, format)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `leaderboard.${ending}`;
  link.click();
  URL.revokeObjectURL(url);
}

/** The ranking on screen as a file, made in the browser. */
export function ExportRanking({ table }: { readonly table: LeaderboardTable }) {
  return (
    <Menu
      label="Export the ranking"
      trigger={<Button icon={<Download aria-hidden />}>Export</Button>}
      items={(Object.keys(FILES) as LeaderboardFormat[]).map((format) => ({
        label: FILES[format].label,
        onSelect: () => save(table, format),
      }))}
    />
  );
}
