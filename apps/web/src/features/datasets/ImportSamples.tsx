"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { Switch } from "@seedmask/ui/primitives/switch";
import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import { MaskOverlay } from "@seedmask/ui/segmentation/mask-overlay";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { classStyles } from "#lib/class-styles.ts";
import { previewUrl } from "#lib/file-urls.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";

type Preview = NonNullable<RouterOutputs["datasets"]["importPreview"]>;
type Sample = Preview["samples"][number];

interface SampleTileProps {
  readonly importId: string;
  readonly sample: Sample;
  readonly styles: readonly LabelStyle[];
  readonly masked: boolean;
}

function SampleTile({ importId, sample, styles, masked }: SampleTileProps) {
  const { id, split, labels, width, height, image, mask } = sample;
  const map = useLabelMap(masked && mask !== null ? previewUrl(importId, mask) : null);
  const names = labels.map((label) => styles[label + 1]?.name ?? `class ${label}`).join(", ");
  return (
    <li className="grid gap-1 text-xs">
      <MaskOverlay
        src={previewUrl(importId, image)}
        width={width}
        height={height}
        layers={
          map.status === "ready"
            ? [{ kind: "mask", map: map.value, styles, opacity: 0.55, outline: true }]
            : []
        }
        description={`${id}: ${names || "no class"}`}
        className="rounded-md"
      />
      <span className="truncate font-medium">{names || "no class"}</span>
      <span className="truncate text-ink-3">
        {id}, {split}
        {mask === null ? ", no mask" : ""}
      </span>
    </li>
  );
}

/** Twelve images of a check under their masks: wrong colours and shifted masks show at a glance. */
export function ImportSamples({ importId }: { readonly importId: string }) {
  const trpc = useTRPC();
  const [masked, setMasked] = useState(true);
  const preview = useQuery(trpc.datasets.importPreview.queryOptions({ id: importId }));
  if (!preview.data || preview.data.samples.length === 0) return null;
  const { classes, samples, format, labelSource } = preview.data;
  const styles = classStyles(classes);
  const present = new Set(samples.flatMap(({ labels }) => labels.map((label) => label + 1)));
  return (
    <Card
      title={`Look at ${samples.length} of them`}
      description={`Read as ${format}, labels from ${labelSource}; chosen by their ids, the same every time`}
      actions={<Switch checked={masked} onCheckedChange={setMasked} label="Masks" />}
    >
      <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-4">
        {samples.map((sample) => (
          <SampleTile
            key={sample.id}
            importId={importId}
            sample={sample}
            styles={styles}
            masked={masked}
          />
        ))}
      </ul>
      <div className="mt-4">
        <ClassLegend styles={styles.filter(({ label }) => present.has(label))} />
      </div>
    </Card>
  );
}
