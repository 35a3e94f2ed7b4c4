import type { Metadata } from "next";
import { type ReactNode, Suspense } from "react";
import { DatasetFrame } from "#features/datasets/DatasetFrame.tsx";

export const metadata: Metadata = { title: "Dataset" };

interface DatasetLayoutProps {
  readonly params: Promise<{ readonly hash: string }>;
  readonly children: ReactNode;
}

export default async function DatasetLayout({ params, children }: DatasetLayoutProps) {
  const { hash } = await params;
  return (
    <Suspense>
      <DatasetFrame hash={hash}>{children}</DatasetFrame>
    </Suspense>
  );
}
