import type { Metadata } from "next";
import { Suspense } from "react";
import { QueueScreen } from "#features/workers/Screen.tsx";

export const metadata: Metadata = { title: "Queue & workers" };

export default function QueuePage() {
  return (
    <Suspense>
      <QueueScreen />
    </Suspense>
  );
}
