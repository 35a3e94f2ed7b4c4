import { cva, type VariantProps } from "class-variance-authority";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "../cx.ts";

const look = cva(
  "inline-flex h-5.5 items-center gap-1 rounded px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5",
  {
    variants: {
      tone: {
        neutral: "bg-grey-soft text-ink-2",
        accent: "bg-accent-soft text-accent",
        blue: "bg-blue-soft text-blue",
        amber: "bg-amber-soft text-amber",
        green: "bg-green-soft text-green",
        red: "bg-red-soft text-red",
        violet: "bg-violet-soft text-violet",
        outline: "border border-line-strong/60 text-ink-2",
      },
    },
    defaultVariants: { tone: "neutral" },
  },
);

export type BadgeTone = NonNullable<VariantProps<typeof look>["tone"]>;

export interface BadgeProps extends ComponentProps<"span"> {
  tone?: BadgeTone;
  icon?: ReactNode;
}

export const Badge = ({ tone, icon, className, children, ...rest }: BadgeProps): ReactNode => (
  <span className={cx(look({ tone }), className)} {...rest}>
    {icon}
    {children}
  </span>
);
