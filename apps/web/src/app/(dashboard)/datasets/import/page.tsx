import type { Metadata } from "next";
import { Suspense } from "react";
import { ImportScreen } from "#features/datasets/ImportScreen.tsx";

export const metadata: Metadata = { title: "Import a dataset" };

export default function ImportPage() {
  return (
    <Suspense>
      <ImportScreen />
    </Suspense>
  );
}
