import { ERROR_CAUSES } from "@seedmask/core/contract";
import { parseAsStringLiteral, useQueryStates } from "nuqs";

export const REVIEW_ORDERS = ["error", "disagreement", "entropy"] as const;
export type ReviewOrder = (typeof REVIEW_ORDERS)[number];

/** What the review queue is ranked by, in the address. */
export const useReviewState = () =>
  useQueryStates(
    { by: parseAsStringLiteral(REVIEW_ORDERS), cause: parseAsStringLiteral(ERROR_CAUSES) },
    { history: "replace" },
  );
