import {
  Box,
  ChartSpline,
  Columns2,
  Database,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  ScanSearch,
  Server,
  Settings,
  Trophy,
} from "lucide-react";

export interface Place {
  readonly href: string;
  readonly label: string;
  readonly icon: LucideIcon;
  /** Key after `g`. */
  readonly key: string;
}

/** The left rail, top to bottom. */
export const PLACES: readonly Place[] = [
  { href: "/", label: "Overview", icon: LayoutDashboard, key: "o" },
  { href: "/runs", label: "Runs", icon: FlaskConical, key: "r" },
  { href: "/sweeps", label: "Sweeps", icon: ChartSpline, key: "w" },
  { href: "/leaderboard", label: "Leaderboard", icon: Trophy, key: "l" },
  { href: "/compare", label: "Compare", icon: Columns2, key: "c" },
  { href: "/datasets", label: "Datasets", icon: Database, key: "d" },
  { href: "/models", label: "Models", icon: Box, key: "m" },
  { href: "/playground", label: "Playground", icon: ScanSearch, key: "p" },
  { href: "/queue", label: "Queue & workers", icon: Server, key: "q" },
  { href: "/settings", label: "Settings", icon: Settings, key: "s" },
];

export const isAt = (path: string, href: string): boolean =>
  href === "/" ? path === "/" : path === href || path.startsWith(`${href}/`);
