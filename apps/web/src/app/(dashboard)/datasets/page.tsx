import type { Metadata } from "next";
import { Suspense } from "react";
import { DatasetsScreen } from "#features/datasets/Screen.tsx";

export const metadata: Metadata = { title: "Datasets" };

export default function DatasetsPage() {
  return (
    <Suspense>
      <DatasetsScreen />
    </Suspense>
  );
}
