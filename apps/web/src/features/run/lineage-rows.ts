import type { RouterOutputs } from "#trpc/types.ts";

type Lineage = RouterOutputs["runs"]["lineage"];
type Artifact = Lineage["artifacts"][number];

/** A thing of the graph, and the things it was made from. */
export type LineageNode =
  | { readonly key: string; readonly from: readonly string[]; readonly kind: "dataset" }
  | { readonly key: string; readonly from: readonly string[]; readonly kind: "weights" }
  | {
      readonly key: string;
      readonly from: readonly string[];
      readonly kind: "artifact";
      readonly artifact: Artifact;
    };

const DATASET = "dataset";
const WEIGHTS = "weights";

/** What the run began with, then each artefact after those it was made from. */
export function lineageNodes({ weights, stages, artifacts }: Lineage): LineageNode[] {
  const hashOf = new Map(artifacts.map(({ kind, hash }) => [kind, hash]));
  const begins: LineageNode[] = [
    { key: DATASET, from: [], kind: "dataset" },
    ...(weights === null ? [] : [{ key: WEIGHTS, from: [], kind: "weights" } as const]),
  ];
  const made = artifacts.map((artifact): LineageNode => {
    const reads = stages.find(({ stage }) => stage === artifact.stage)?.reads ?? [];
    const inputs = reads.flatMap((kind) => hashOf.get(kind) ?? []);
    const roots = inputs.length > 0 ? inputs : begins.map(({ key }) => key);
    return { key: artifact.hash, from: roots, kind: "artifact", artifact };
  });
  return [...begins, ...made];
}
