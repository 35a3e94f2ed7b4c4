import { cva, type VariantProps } from "class-variance-authority";
import { LoaderCircle } from "lucide-react";
import { Slot } from "radix-ui";
import type { ComponentProps, ReactNode } from "react";
import { cx } from "../cx.ts";

export const buttonStyle = cva(
  "inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md font-medium whitespace-nowrap transition-colors select-none disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-not-allowed aria-disabled:opacity-55 [&_svg]:shrink-0",
  {
    variants: {
      variant: {
        primary: "bg-accent text-on-accent not-disabled:hover:bg-accent-hover",
        secondary:
          "border border-line-strong/60 bg-surface text-ink not-disabled:hover:border-line-strong not-disabled:hover:bg-sunken",
        quiet: "text-ink-2 not-disabled:hover:bg-sunken not-disabled:hover:text-ink",
        danger: "bg-danger text-on-danger not-disabled:hover:bg-danger-hover",
        link: "h-auto! px-0! text-accent underline-offset-4 not-disabled:hover:underline",
      },
      size: {
        small: "h-7 px-2.5 text-xs [&_svg]:size-3.5",
        medium: "h-8.5 px-3.5 text-sm [&_svg]:size-4",
        large: "h-10 px-5 text-sm [&_svg]:size-4.5",
        icon: "size-8.5 [&_svg]:size-4",
        "icon-small": "size-7 [&_svg]:size-3.5",
      },
    },
    defaultVariants: { variant: "secondary", size: "medium" },
  },
);

export interface ButtonProps extends ComponentProps<"button">, VariantProps<typeof buttonStyle> {
  /** Renders the one child (a link) in the look of a button. */
  asChild?: boolean;
  /** Shows a spinner and refuses clicks; the width stays. */
  busy?: boolean;
  icon?: ReactNode;
}

export function Button({
  variant,
  size,
  asChild = false,
  busy = false,
  icon,
  className,
  children,
  disabled,
  type = "button",
  ...rest
}: ButtonProps): ReactNode {
  const look = cx(buttonStyle({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={look} {...rest}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button type={type} className={look} disabled={disabled || busy} aria-busy={busy} {...rest}>
      {busy ? <LoaderCircle aria-hidden className="animate-sm-spin" /> : icon}
      {children}
    </button>
  );
}
