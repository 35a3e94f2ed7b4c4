import { STAGE_TITLES } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { Link } from "#lib/link.tsx";
import type { ReactNode } from "react";
import type { ProbeSet, ProbeSource } from "./use-probes.ts";

/** For runs that do not use a method: what the view would show, and a recipe that has it. */
export const NotUsed = ({
  title,
  recipe,
  icon,
  children,
}: {
  readonly title: string;
  readonly recipe: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}) => (
  <Empty
    title={title}
    icon={icon}
    action={
      <Button asChild variant="primary">
        <Link href={`/runs/new?recipe=${recipe}`}>Open the recipe {recipe}</Link>
      </Button>
    }
  >
    {children}
  </Empty>
);

/** Why a record cannot be shown. */
export function ProbeState({
  set,
  source: { stage },
}: {
  readonly set: Exclude<ProbeSet<unknown>, { status: "ready" }>;
  readonly source: ProbeSource;
}) {
  const title = STAGE_TITLES[stage];
  switch (set.status) {
    case "loading":
      return <Loading label="Loading the record" shape="chart" />;
    case "not-yet":
      return <Empty title="Nothing recorded yet">It appears when “{title}” has ended.</Empty>;
    case "not-kept":
      return (
        <Empty title="This run kept no record">
          “{title}” ran before records were kept. Retry that stage, or launch the run again.
        </Empty>
      );
    case "failed":
      return (
        <Failed title="The record could not be read" onRetry={set.retry}>
          {set.message}
        </Failed>
      );
  }
}
