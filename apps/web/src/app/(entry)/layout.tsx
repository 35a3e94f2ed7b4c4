import type { ReactNode } from "react";
import { EntryFrame } from "#features/entry/EntryFrame.tsx";

export default function EntryLayout({ children }: { readonly children: ReactNode }) {
  return <EntryFrame>{children}</EntryFrame>;
}
