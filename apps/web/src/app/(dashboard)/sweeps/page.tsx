import type { Metadata } from "next";
import { Suspense } from "react";
import { SweepListScreen } from "#features/sweeps/ListScreen.tsx";

export const metadata: Metadata = { title: "Sweeps" };

export default function SweepsPage() {
  return (
    <Suspense>
      <SweepListScreen />
    </Suspense>
  );
}
