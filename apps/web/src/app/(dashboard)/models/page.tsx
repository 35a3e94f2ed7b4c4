import type { Metadata } from "next";
import { Suspense } from "react";
import { ModelsScreen } from "#features/models/Screen.tsx";

export const metadata: Metadata = { title: "Models" };

export default function ModelsPage() {
  return (
    <Suspense>
      <ModelsScreen />
    </Suspense>
  );
}
