"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatCount } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { Select } from "@seedmask/ui/primitives/select";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#lib/link.tsx";
import { useState } from "react";
import { ProvenanceChip } from "#features/run/ProvenanceChip.tsx";
import { provenanceOf } from "#features/run/provenance.ts";
import type { Evaluation, Run } from "#features/run/use-run.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { Pair } from "./pairs.ts";

interface PartnerProps extends Pair {
  readonly run: Run;
  readonly split: string;
}

/** The counterfactual: the same class where its usual partner is away. */
export function Partner({ run, split, classIndex, partner }: PartnerProps) {
  const [id, setId] = useState<number | null>(null);
  const evaluations = run.evaluations.filter((one) => one.split === split);
  const chosen = evaluations.find((one) => one.id === id) ?? evaluations[0];
  const names = run.dataset.classes;
  const title = `${names[classIndex]} with and without ${names[partner]}`;
  if (!chosen) {
    return (
      <Card title={title}>
        <p className="text-sm text-ink-3">
          Known once masks of {split} were scored against true masks.
        </p>
      </Card>
    );
  }
  return (
    <Card
      title={title}
      description={`IoU of ${names[classIndex]}, counted over the images of each kind`}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <ProvenanceChip provenance={provenanceOf(chosen, run)} />
          <Select
            aria-label="Stage"
            className="w-48"
            value={String(chosen.id)}
            onValueChange={(next) => setId(Number(next))}
            options={evaluations.map((one) => ({
              value: String(one.id),
              label: STAGE_TITLES[one.stage],
            }))}
          />
        </div>
      }
      flush
    >
      <Effect run={run} evaluation={chosen} classIndex={classIndex} partner={partner} />
    </Card>
  );
}

interface EffectProps extends Pair {
  readonly run: Run;
  readonly evaluation: Evaluation;
}

function Effect({ run, evaluation, classIndex, partner }: EffectProps) {
  const trpc = useTRPC();
  const effect = useQuery(
    trpc.evidence.partner.queryOptions({ evaluationId: evaluation.id, classIndex, partner }),
  );
  if (effect.isPending) return <Loading label="Loading the pair" count={2} className="p-4" />;
  if (effect.isError) {
    return (
      <Failed title="The pair could not be read" onRetry={() => void effect.refetch()}>
        {effect.error.message}
      </Failed>
    );
  }
  const names = run.dataset.classes;
  const gallery = (filter: "has" | "lacks"): string => {
    const query = new URLSearchParams({
      stage: evaluation.stage,
      split: evaluation.split,
      label: String(classIndex + 1),
    });
    query.set(filter, String(partner));
    return `/runs/${run.id}/gallery?${query.toString()}`;
  };
  const rows = [
    { key: "has", name: `with ${names[partner]}`, side: effect.data.together },
    { key: "lacks", name: `without ${names[partner]}`, side: effect.data.alone },
  ] as const;
  return (
    <Table label={`${names[classIndex]} with and without ${names[partner]}`}>
      <TableHead>
        <tr>
          <TableHeader>Images of {names[classIndex]}</TableHeader>
          <TableHeader align="right">Images</TableHeader>
          <TableHeader align="right">IoU</TableHeader>
          <TableHeader align="right">Precision</TableHeader>
          <TableHeader align="right">Recall</TableHeader>
          <TableHeader>Look</TableHeader>
        </tr>
      </TableHead>
      <TableBody>
        {rows.map(({ key, name, side }) => (
          <TableRow key={key}>
            <TableCell>{name}</TableCell>
            <TableCell align="right">{formatCount(side.images)}</TableCell>
            {[side.iou, side.precision, side.recall].map((value, at) => (
              // oxlint-disable-next-line react/no-array-index-key -- three fixed columns
              <TableCell key={at} align="right">
                <IouFigure value={value} />
              </TableCell>
            ))}
            <TableCell>
              {side.images === 0 ? null : (
                <Button asChild size="small" variant="quiet">
                  <Link href={gallery(key)}>Open in gallery</Link>
                </Button>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
