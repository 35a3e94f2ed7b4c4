import type { DiagnosticKind } from "@seedmask/core/contract";
import { and, asc, eq } from "drizzle-orm";
import type { Database } from "../client.ts";
import { type DiagnosticData, diagnostic, stageDiagnostic, stageRun } from "../schema/index.ts";

export type DiagnosticOf<Kind extends DiagnosticKind> = Extract<DiagnosticData, { kind: Kind }> & {
  readonly id: number;
};

/** One kind of diagnostic of a run, in the order of its stages. */
export async function listDiagnostics<Kind extends DiagnosticKind>(
  db: Database,
  { runId, kind }: { runId: string; kind: Kind },
): Promise<DiagnosticOf<Kind>[]> {
  const rows = await db.drizzle
    .select({ id: diagnostic.id, data: diagnostic.data })
    .from(stageDiagnostic)
    .innerJoin(diagnostic, eq(diagnostic.id, stageDiagnostic.diagnostic))
    .innerJoin(
      stageRun,
      and(eq(stageRun.run, stageDiagnostic.run), eq(stageRun.stage, stageDiagnostic.stage)),
    )
    .where(and(eq(stageDiagnostic.run, runId), eq(diagnostic.kind, kind)))
    .orderBy(asc(stageRun.position), asc(diagnostic.split), asc(diagnostic.id));
  return rows.map(({ id, data }) => ({ id, ...(data as Extract<DiagnosticData, { kind: Kind }>) }));
}
