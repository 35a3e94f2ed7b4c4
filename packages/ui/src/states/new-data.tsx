import { ArrowUp } from "lucide-react";
import type { ReactNode } from "react";

export interface NewDataProps {
  /** What is new, e.g. "12 new runs". */
  children: ReactNode;
  onShow: () => void;
}

/** Says that there is more than what is shown, over the list and without moving it. */
export function NewData({ children, onShow }: NewDataProps): ReactNode {
  return (
    <div
      role="status"
      className="pointer-events-none absolute inset-x-0 top-2 z-20 flex justify-center"
    >
      <button
        type="button"
        onClick={onShow}
        className="pointer-events-auto inline-flex min-h-8 items-center gap-1.5 rounded-full border border-line-strong bg-surface px-3 text-sm font-medium text-accent shadow-md hover:bg-sunken"
      >
        <ArrowUp aria-hidden className="size-4" />
        {children}
      </button>
    </div>
  );
}
