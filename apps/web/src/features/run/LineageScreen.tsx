"use client";
import { ARTIFACT_KINDS, STAGE_TITLES } from "@seedmask/core/contract";
import { FlowList } from "@seedmask/ui/charts/flow-list";
import { Card } from "@seedmask/ui/primitives/card";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import type { ReactNode } from "react";
import { artifactFileUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { type LineageNode, lineageNodes } from "./lineage-rows.ts";
import { RunLinks } from "./RunLinks.tsx";
import { useRun } from "./use-run.ts";

type Lineage = RouterOutputs["runs"]["lineage"];

/** Where everything of this run came from, and which runs share or continue it. */
export function LineageScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  const trpc = useTRPC();
  const lineage = useQuery(trpc.runs.lineage.queryOptions({ runId }));
  if (lineage.isPending) return <Loading label="Loading the lineage" shape="rows" count={8} />;
  if (lineage.isError) {
    return (
      <Failed title="The lineage could not be read" onRetry={() => void lineage.refetch()}>
        {lineage.error.message}
      </Failed>
    );
  }
  const { parent, children, artifacts } = lineage.data;
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[2fr_1fr]">
      <Card
        title="Artefacts"
        description={
          artifacts.length === 0
            ? "Each finished stage adds what it made."
            : "From the dataset down; an arc leads from what was read to what was made."
        }
      >
        <FlowList
          label="Artefacts of the run, each after what it was made from"
          rows={lineageNodes(lineage.data).map((node) => ({
            key: node.key,
            from: node.from,
            content: <NodeContent node={node} lineage={lineage.data} runId={runId} />,
          }))}
        />
      </Card>
      <Card title="Runs">
        <dl className="grid gap-3 text-sm">
          <Relation name="Made from">
            {parent ? (
              <RunLinks runs={[parent]} />
            ) : run.parent === null ? (
              "a recipe, not a run"
            ) : (
              "a run that was deleted"
            )}
          </Relation>
          <Relation name="Repeats over seeds">
            <RunLinks runs={run.group.members.filter(({ id }) => id !== runId)} />
          </Relation>
          <Relation name="Runs made from this one">
            <RunLinks runs={children} />
          </Relation>
        </dl>
      </Card>
    </div>
  );
}

function Relation({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt className="text-xs text-ink-3">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

const linkLook = "min-w-0 truncate text-sm font-medium hover:text-accent hover:underline";

interface NodeContentProps {
  readonly node: LineageNode;
  readonly lineage: Lineage;
  readonly runId: string;
}

function NodeContent({ node, runId, lineage: { dataset, weights } }: NodeContentProps) {
  if (node.kind === "dataset") {
    return (
      <NodeText note="dataset">
        <Link href={`/datasets/${dataset.hash}`} className={linkLook}>
          {dataset.name} v{dataset.version}
        </Link>
      </NodeText>
    );
  }
  if (node.kind === "weights") {
    return (
      <NodeText note="pretrained weights">
        <Link href={`/runs/${runId}/config`} className={linkLook}>
          {weights}
        </Link>
      </NodeText>
    );
  }
  const { hash, kind, stage, madeBy, cached, sharedWith } = node.artifact;
  return (
    <NodeText
      note={
        <>
          {STAGE_TITLES[stage]}
          {cached ? " · reused from " : null}
          {cached ? madeBy ? <RunLinks runs={[madeBy]} /> : "a run that was deleted" : null}
          {sharedWith.length > 0 ? " · also in " : null}
          {sharedWith.length > 0 ? <RunLinks runs={sharedWith} most={2} /> : null}
        </>
      }
    >
      <a
        href={artifactFileUrl(hash, "manifest.json")}
        title={`${ARTIFACT_KINDS[kind]}\n${hash}`}
        className={linkLook}
      >
        {kind} <span className="font-mono text-xs text-ink-3">{hash.slice(0, 8)}</span>
      </a>
    </NodeText>
  );
}

interface NodeTextProps {
  readonly note: ReactNode;
  readonly children: ReactNode;
}

const NodeText = ({ note, children }: NodeTextProps) => (
  <div className="grid min-w-0 gap-0.5">
    {children}
    <p className="truncate text-xs text-ink-3">{note}</p>
  </div>
);
