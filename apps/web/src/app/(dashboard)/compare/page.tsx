import type { Metadata } from "next";
import { Suspense } from "react";
import { CompareScreen } from "#features/compare/Screen.tsx";

export const metadata: Metadata = { title: "Compare" };

export default function ComparePage() {
  return (
    <Suspense>
      <CompareScreen />
    </Suspense>
  );
}
