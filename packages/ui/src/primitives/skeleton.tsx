import type { ReactNode } from "react";
import { cx } from "../cx.ts";

/** The grey place of something that is on its way. Give it the size of what will come. */
export const Skeleton = ({ className }: { className?: string }): ReactNode => (
  <span aria-hidden className={cx("block animate-pulse rounded bg-sunken", className)} />
);
