"use client";
import { type ArtifactKind, type StageName, STAGE_TITLES } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Menu } from "@seedmask/ui/primitives/menu";
import { Download } from "lucide-react";

interface ExportedRun {
  readonly id: string;
  readonly stages: readonly {
    readonly stage: StageName;
    readonly outputs: readonly { readonly kind: ArtifactKind }[];
  }[];
  readonly evaluations: readonly { readonly stage: StageName }[];
}

const MASKS: ReadonlySet<ArtifactKind> = new Set([
  "seed",
  "refined-seed",
  "pseudo-mask",
  "prediction",
]);

const exportUrl = (runId: string, stage: StageName, format: string): string =>
  `/api/exports/${runId}/${stage}/${format}`;

/** Masks and results of every stage that has some, as downloads. */
export function ExportMenu({ run }: { readonly run: ExportedRun }) {
  const scored = new Set(run.evaluations.map(({ stage }) => stage));
  const items = run.stages.flatMap(({ stage, outputs }) => {
    const title = STAGE_TITLES[stage];
    const save = (format: string) => () => window.location.assign(exportUrl(run.id, stage, format));
    return [
      ...(outputs.some(({ kind }) => MASKS.has(kind))
        ? [
            { label: `${title}: masks, VOC zip`, onSelect: save("voc") },
            { label: `${title}: masks, COCO RLE`, onSelect: save("coco") },
          ]
        : []),
      ...(scored.has(stage)
        ? [
            { label: `${title}: images, CSV`, onSelect: save("csv") },
            { label: `${title}: classes, CSV`, onSelect: save("classes") },
          ]
        : []),
    ];
  });
  if (items.length === 0) return null;
  return (
    <Menu
      label="Export"
      trigger={<Button icon={<Download aria-hidden />}>Export</Button>}
      items={items}
    />
  );
}
