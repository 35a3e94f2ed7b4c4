"use client";
import { Popover } from "@seedmask/ui/primitives/popover";
import { Info } from "lucide-react";
import type { ComponentProps, ReactNode } from "react";
import { type Provenance, policyFacts, policyWords } from "./provenance.ts";

const LABEL = "Where this number comes from";

const Facts = ({ facts }: { readonly facts: readonly (readonly [string, string])[] }) => (
  <dl className="grid max-w-80 grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-xs">
    {facts.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="text-ink-3">{name}</dt>
        <dd className="min-w-0 break-words">{value}</dd>
      </div>
    ))}
  </dl>
);

interface ProvenancePopoverProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** Null while they are on their way. */
  readonly facts: readonly (readonly [string, string])[] | null;
  /** Shown in their place. */
  readonly message: string;
}

/** A dot beside a number in a list; its facts come once it is opened. */
export const ProvenancePopover = ({
  open,
  onOpenChange,
  facts,
  message,
}: ProvenancePopoverProps): ReactNode => (
  <Popover label={LABEL} align="end" open={open} onOpenChange={onOpenChange} trigger={<Dot />}>
    {facts ? <Facts facts={facts} /> : <p className="text-xs text-ink-3">{message}</p>}
  </Popover>
);

const Dot = (props: ComponentProps<"button">) => (
  <button
    type="button"
    aria-label={LABEL}
    title={LABEL}
    className="inline-grid size-6 shrink-0 place-items-center rounded-full align-middle text-ink-3 hover:bg-sunken hover:text-ink"
    {...props}
  >
    <Info aria-hidden className="size-3.5" />
  </button>
);

/** A dot beside a number whose split and stage stand next to it already. */
export const ProvenanceDot = ({ provenance }: { readonly provenance: Provenance }): ReactNode => (
  <Popover label={LABEL} align="end" trigger={<Dot />}>
    <Facts facts={policyFacts(provenance)} />
  </Popover>
);

interface ProvenanceChipProps {
  readonly provenance: Provenance;
  /** False where the stage stands next to it already. */
  readonly stage?: boolean;
}

/** Split and stage beside a number; the whole policy behind it. */
export function ProvenanceChip({ provenance, stage = true }: ProvenanceChipProps) {
  return (
    <Popover
      label={LABEL}
      align="start"
      trigger={
        <button
          type="button"
          className="inline-flex min-h-6 items-center gap-1.5 rounded-full border border-line-strong/60 px-2 text-left text-xs text-ink-2 hover:bg-sunken"
        >
          {policyWords(provenance.policy, { stage })}
          <Info aria-hidden className="size-3.5 shrink-0 text-ink-3" />
        </button>
      }
    >
      <Facts facts={policyFacts(provenance)} />
    </Popover>
  );
}
