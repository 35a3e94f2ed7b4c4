import type { Metadata } from "next";
import { Suspense } from "react";
import { LaunchScreen } from "#features/launch/Screen.tsx";

export const metadata: Metadata = { title: "New run" };

export default function NewRunPage() {
  return (
    <Suspense>
      <LaunchScreen />
    </Suspense>
  );
}
