import type { Metadata } from "next";
import { SweepScreen } from "#features/sweeps/SweepScreen.tsx";

export const metadata: Metadata = { title: "Sweep" };

interface PageProps {
  readonly params: Promise<{ readonly sweepId: string }>;
}

export default async function SweepPage({ params }: PageProps) {
  const { sweepId } = await params;
  return <SweepScreen sweepId={sweepId} />;
}
