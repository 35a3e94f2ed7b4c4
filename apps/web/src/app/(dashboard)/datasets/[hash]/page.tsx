import { Suspense } from "react";
import { DatasetScreen } from "#features/datasets/DetailScreen.tsx";

interface PageProps {
  readonly params: Promise<{ readonly hash: string }>;
}

export default async function DatasetPage({ params }: PageProps) {
  const { hash } = await params;
  return (
    <Suspense>
      <DatasetScreen hash={hash} />
    </Suspense>
  );
}
