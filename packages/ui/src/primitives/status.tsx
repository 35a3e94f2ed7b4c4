import {
  Check,
  CircleDashed,
  CircleHelp,
  CircleSlash,
  Clock,
  CornerDownRight,
  LoaderCircle,
  type LucideIcon,
  Pause,
  Pencil,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../cx.ts";

/** Every state of a run and of a stage; one look each, everywhere. */
export type StatusName =
  | "draft"
  | "waiting"
  | "queued"
  | "starting"
  | "running"
  | "paused"
  | "cancelling"
  | "succeeded"
  | "failed"
  | "cancelled"
  | "lost"
  | "cached"
  | "skipped";

interface Look {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly colour: string;
}

const grey = "bg-grey-soft text-grey border-transparent";
const looks: Record<StatusName, Look> = {
  draft: { word: "Draft", icon: Pencil, colour: "bg-slate-soft text-slate border-transparent" },
  waiting: { word: "Waiting", icon: Clock, colour: "text-grey border-line-strong/50" },
  queued: { word: "Queued", icon: Clock, colour: grey },
  starting: { word: "Starting", icon: CircleDashed, colour: "text-blue border-blue" },
  running: {
    word: "Running",
    icon: LoaderCircle,
    colour: "bg-blue-soft text-blue border-transparent",
  },
  paused: { word: "Paused", icon: Pause, colour: "bg-amber-soft text-amber border-transparent" },
  cancelling: { word: "Cancelling", icon: CircleDashed, colour: "text-amber border-amber" },
  succeeded: { word: "Done", icon: Check, colour: "bg-green-soft text-green border-transparent" },
  failed: { word: "Failed", icon: X, colour: "bg-red-soft text-red border-transparent" },
  cancelled: {
    word: "Cancelled",
    icon: CircleSlash,
    colour: "bg-slate-soft text-slate border-transparent",
  },
  lost: {
    word: "Lost contact",
    icon: CircleHelp,
    colour: "bg-violet-soft text-violet border-transparent",
  },
  cached: {
    word: "Reused",
    icon: CornerDownRight,
    colour: "border-dashed border-line-strong text-grey",
  },
  skipped: {
    word: "Skipped",
    icon: CornerDownRight,
    colour: "border-dashed border-line-strong text-grey",
  },
};

export interface StatusProps {
  status: StatusName;
  /** Behind the word: "45 %", "#3", a deadline. */
  detail?: string | undefined;
  /** Icon alone, the word for the screen reader and the hover text. */
  compact?: boolean;
  className?: string;
}

/** Icon, word and colour of a state: colour is never alone, and only "running" moves. */
export function Status({ status, detail, compact = false, className }: StatusProps): ReactNode {
  const { word, icon: Icon, colour } = looks[status];
  const text = detail === undefined ? word : `${word} ${detail}`;
  return (
    <span
      data-status={status}
      title={compact ? text : undefined}
      className={cx(
        "inline-flex h-6 items-center gap-1.5 rounded-full border text-xs font-medium whitespace-nowrap tabular-nums",
        compact ? "w-6 justify-center" : "pr-2.5 pl-1.5",
        colour,
        className,
      )}
    >
      <Icon
        aria-hidden
        strokeWidth={2.25}
        className={cx("size-3.5 shrink-0", status === "running" && "animate-sm-spin")}
      />
      <span className={cx(compact && "sr-only")}>{text}</span>
    </span>
  );
}

/** The word users see for a state. */
export const statusWord = (status: StatusName): string => looks[status].word;
