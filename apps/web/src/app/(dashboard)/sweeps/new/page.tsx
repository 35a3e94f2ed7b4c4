import type { Metadata } from "next";
import { Suspense } from "react";
import { NewSweepScreen } from "#features/sweeps/NewScreen.tsx";

export const metadata: Metadata = { title: "New sweep" };

export default function NewSweepPage() {
  return (
    <Suspense>
      <NewSweepScreen />
    </Suspense>
  );
}
