import type { ReactNode } from "react";
import { Wordmark } from "#features/shell/Wordmark.tsx";

export function EntryFrame({ children }: { readonly children: ReactNode }) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-10">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex justify-center">
          <Wordmark size={28} />
        </div>
        <div className="rounded-lg border border-line bg-surface p-6 shadow-raised">{children}</div>
      </div>
    </main>
  );
}
