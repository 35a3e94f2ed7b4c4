"use client";
import { ClassHeatStrip } from "@seedmask/ui/segmentation/class-heat-strip";
import { useQuery } from "@tanstack/react-query";
import { classStyles } from "#lib/class-styles.ts";
import { useTRPC } from "#trpc/client.tsx";

interface HeatCellsProps {
  /** Name of the dataset whose classes these are. */
  readonly dataset: string;
  readonly values: readonly (number | null)[];
}

/** The profile of a run over the classes, background first. */
export function HeatCells({ dataset, values }: HeatCellsProps) {
  const trpc = useTRPC();
  const datasets = useQuery(trpc.datasets.list.queryOptions());
  const classes = datasets.data?.find(({ name }) => name === dataset)?.classes ?? [];
  return <ClassHeatStrip values={values} styles={classStyles(classes)} />;
}
