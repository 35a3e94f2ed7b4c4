import { getRun, NotFoundError } from "@seedmask/db";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { RunFrame } from "#features/run/RunFrame.tsx";
import { services } from "#server/services.ts";
import { getQueryClient, Hydrate, trpc } from "#trpc/server.tsx";

interface RunLayoutProps {
  readonly params: Promise<{ readonly runId: string }>;
  readonly children: ReactNode;
}

async function findRun(runId: string) {
  try {
    return await getRun(services().database, runId);
  } catch (error) {
    if (error instanceof NotFoundError) notFound();
    throw error;
  }
}

export async function generateMetadata({ params }: RunLayoutProps): Promise<Metadata> {
  const { runId } = await params;
  return { title: (await findRun(runId)).name };
}

export default async function RunLayout({ params, children }: RunLayoutProps) {
  const { runId } = await params;
  await getQueryClient().prefetchQuery(trpc.runs.get.queryOptions({ runId }));
  return (
    <Hydrate>
      <RunFrame runId={runId}>{children}</RunFrame>
    </Hydrate>
  );
}
