export { type Cell, csvLine } from "./csv.ts";
export {
  formatLeaderboard,
  LEADERBOARD_FORMATS,
  type LeaderboardFormat,
  type LeaderboardTable,
  type RankedRow,
} from "./leaderboard.ts";
