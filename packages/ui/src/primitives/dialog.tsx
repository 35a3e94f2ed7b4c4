import { X } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import type { KeyboardEvent, ReactNode } from "react";
import { cx } from "../cx.ts";
import { buttonStyle } from "./button.tsx";

export interface DialogProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** The element that opens it, when the dialog keeps its own state. */
  trigger?: ReactNode;
  title: string;
  description?: ReactNode;
  /** Buttons, right-aligned under the body. */
  footer?: ReactNode;
  width?: "narrow" | "medium" | "wide" | "full";
  onKeyDown?: (event: KeyboardEvent) => void;
  children?: ReactNode;
}

const widths = {
  narrow: "max-w-sm",
  medium: "max-w-lg",
  wide: "max-w-4xl",
  full: "h-full max-h-none max-w-none rounded-none",
};

export function Dialog({
  open,
  onOpenChange,
  trigger,
  title,
  description,
  footer,
  width = "medium",
  onKeyDown,
  children,
}: DialogProps): ReactNode {
  const control = { ...(open !== undefined && { open }), ...(onOpenChange && { onOpenChange }) };
  return (
    <Radix.Root {...control}>
      {trigger !== undefined && <Radix.Trigger asChild>{trigger}</Radix.Trigger>}
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <div
          className={cx(
            "pointer-events-none fixed inset-0 z-50 grid place-items-center",
            width !== "full" && "p-4",
          )}
        >
          <Radix.Content
            onKeyDown={onKeyDown}
            {...(description === undefined && { "aria-describedby": undefined })}
            className={cx(
              "pointer-events-auto flex max-h-full w-full flex-col rounded-xl border border-line bg-raised shadow-raised",
              widths[width],
            )}
          >
            <header className="flex items-start gap-3 px-5 pt-4 pb-2">
              <div className="min-w-0 flex-1">
                <Radix.Title className="text-base font-semibold text-ink">{title}</Radix.Title>
                {description !== undefined && (
                  <Radix.Description className="mt-0.5 text-sm text-ink-3">
                    {description}
                  </Radix.Description>
                )}
              </div>
              <Radix.Close
                aria-label="Close"
                className={buttonStyle({ variant: "quiet", size: "icon-small" })}
              >
                <X aria-hidden />
              </Radix.Close>
            </header>
            {children !== undefined && (
              <div className="min-h-0 flex-1 overflow-auto px-5 py-2">{children}</div>
            )}
            {footer !== undefined && (
              <footer className="flex flex-wrap justify-end gap-2 px-5 pt-2 pb-4">{footer}</footer>
            )}
          </Radix.Content>
        </div>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** Closes the dialog around it; wrap a Button. */
export const DialogClose = ({ children }: { children: ReactNode }): ReactNode => (
  <Radix.Close asChild>{children}</Radix.Close>
);
