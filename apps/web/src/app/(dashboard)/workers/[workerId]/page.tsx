import type { Metadata } from "next";
import { WorkerScreen } from "#features/workers/WorkerScreen.tsx";

export const metadata: Metadata = { title: "Worker" };

interface WorkerPageProps {
  readonly params: Promise<{ readonly workerId: string }>;
}

export default async function WorkerPage({ params }: WorkerPageProps) {
  const { workerId } = await params;
  return <WorkerScreen id={workerId} />;
}
