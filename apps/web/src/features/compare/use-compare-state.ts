import { MASK_STAGES } from "@seedmask/core/contract";
import {
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";

export const ROW_ORDERS = ["gained", "lost", "name"] as const;

/** What is compared, in the address. */
export const useCompareState = () =>
  useQueryStates(
    {
      runs: parseAsArrayOf(parseAsString).withDefault([]),
      stages: parseAsArrayOf(parseAsStringLiteral(MASK_STAGES)).withDefault(["predict"]),
      rows: parseAsStringLiteral(ROW_ORDERS).withDefault("gained"),
      /** Column that is held against the baseline. */
      against: parseAsInteger.withDefault(1),
      label: parseAsInteger,
      image: parseAsString,
    },
    { history: "replace", clearOnDefault: true },
  );
