"use client";
import { Popover } from "@seedmask/ui/primitives/popover";
import { Info } from "lucide-react";
import { type Provenance, policyFacts, policyWords } from "./provenance.ts";

interface ProvenanceChipProps {
  readonly provenance: Provenance;
  /** A dot instead of words, where a row of numbers shares one line. */
  readonly compact?: boolean;
}

/** Split and stage beside a number; the whole policy behind it. */
export function ProvenanceChip({ provenance, compact = false }: ProvenanceChipProps) {
  const words = policyWords(provenance.policy);
  return (
    <Popover
      label="Where this number comes from"
      align="start"
      trigger={
        compact ? (
          <button
            type="button"
            aria-label={`Where this number comes from: ${words}`}
            className="inline-grid size-6 place-items-center rounded-full align-middle text-ink-3 hover:bg-sunken hover:text-ink"
          >
            <Info aria-hidden className="size-3.5" />
          </button>
        ) : (
          <button
            type="button"
            className="inline-flex min-h-6 items-center gap-1.5 rounded-full border border-line-strong/60 px-2 text-left text-xs text-ink-2 hover:bg-sunken"
          >
            {words}
            <Info aria-hidden className="size-3.5 shrink-0 text-ink-3" />
          </button>
        )
      }
    >
      <dl className="grid max-w-80 grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-xs">
        {policyFacts(provenance).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
    </Popover>
  );
}
