import type { Metadata } from "next";
import { Suspense } from "react";
import { PlaygroundScreen } from "#features/playground/Screen.tsx";

export const metadata: Metadata = { title: "Playground" };

export default function PlaygroundPage() {
  return (
    <Suspense>
      <PlaygroundScreen />
    </Suspense>
  );
}
