"use client";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Button } from "@seedmask/ui/primitives/button";
import { Undo2 } from "lucide-react";
import type { FieldNode } from "./form-model.ts";
import type { Draft } from "./use-draft.ts";

interface ChangedMarkProps {
  readonly field: Exclude<FieldNode, { kind: "group" }>;
  readonly draft: Draft;
}

const said = (value: unknown): string => {
  if (value === null) return "none";
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
};

/** What a field was in the recipe or run it came from, and the way back. */
export function ChangedMark({ field, draft }: ChangedMarkProps) {
  const key = field.path.join(".");
  const switched =
    field.kind === "optional" &&
    [...draft.changed.keys()].some((path) => path.startsWith(`${key}.`));
  if (!draft.changed.has(key) && !switched) return null;
  const was = draft.baseAt(field.path);
  if (was === undefined) return <Badge tone="accent">new</Badge>;
  const title = field.kind === "optional" ? (was === null ? "off" : "other values") : said(was);
  // A choice between variants brings its fields along, so they go back together.
  const whole = field.kind === "choice" && field.variants ? field.path.slice(0, -1) : field.path;
  return (
    <span className="inline-flex items-center gap-0.5">
      <Badge tone="accent">was {title}</Badge>
      <Button
        variant="quiet"
        size="icon-small"
        aria-label={`${field.meta.title}: back to ${title}`}
        title={`Back to ${title}`}
        onClick={() => draft.reset(whole)}
      >
        <Undo2 aria-hidden />
      </Button>
    </span>
  );
}
