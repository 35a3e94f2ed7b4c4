import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { CircleAlert, CircleCheck } from "lucide-react";
import type { ReactNode } from "react";

interface CheckStepProps {
  readonly number: number;
  readonly title: string;
  readonly ok: boolean;
  /** What was found, and what to do where it is not right. */
  readonly detail: string;
  /** How to mend it; shown only where it is not right. */
  readonly children?: ReactNode;
}

export function CheckStep({ number, title, ok, detail, children }: CheckStepProps) {
  const Icon = ok ? CircleCheck : CircleAlert;
  return (
    <li className="flex gap-3 rounded-lg border border-line bg-surface p-4 text-sm">
      <Icon aria-hidden className={`mt-0.5 size-5 shrink-0 ${ok ? "text-green" : "text-amber"}`} />
      <div className="min-w-0 flex-1">
        <h2 className="font-medium">
          {number}. {title} <span className="sr-only">{ok ? "done" : "needs you"}</span>
        </h2>
        <p className="mt-0.5 break-words text-ink-2">{detail}</p>
        {ok || children === undefined ? null : (
          <div className="mt-3 flex flex-wrap items-center gap-2">{children}</div>
        )}
      </div>
    </li>
  );
}

/** A line for the terminal, to copy. */
export function Command({ text }: { readonly text: string }) {
  return (
    <span className="inline-flex items-center gap-1 rounded-md bg-sunken pl-2.5">
      <code className="font-mono text-xs">{text}</code>
      <CopyButton value={text} label={`Copy ${text}`} />
    </span>
  );
}
