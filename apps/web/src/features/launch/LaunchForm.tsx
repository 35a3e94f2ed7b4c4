"use client";
import { type RunConfig, runConfigSchema } from "@seedmask/core/contract";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { ConfigText } from "./ConfigText.tsx";
import { FieldGroup } from "./FieldEditor.tsx";
import { type Choice, fieldsOf } from "./form-model.ts";
import { RunBasics } from "./RunBasics.tsx";
import { useDraft } from "./use-draft.ts";

type Datasets = RouterOutputs["datasets"]["list"];

interface LaunchFormProps {
  readonly base: RunConfig;
  readonly baseTitle: string;
  readonly recipe: { readonly name: string; readonly version: number } | null;
  readonly parent: string | null;
  readonly datasets: Datasets;
  readonly dataset: string | null;
  readonly onDataset: (hash: string) => void;
}

/** The datasets' splits are the only values the split fields may have. */
function splitChoices(dataset: Datasets[number] | undefined): Map<string, Choice[]> {
  const splits = Object.keys(dataset?.splits ?? {}).map((value) => ({ value, label: value }));
  return new Map([
    ["trainSplit", splits],
    ["evaluationSplit", splits],
  ]);
}

export function LaunchForm(props: LaunchFormProps) {
  const { base, baseTitle, recipe, parent, datasets, onDataset } = props;
  const trpc = useTRPC();
  const router = useRouter();
  const draft = useDraft(base);
  const [view, setView] = useState<"form" | "json">("form");
  const [title, setTitle] = useState("");
  const [repeats, setRepeats] = useState(1);
  const dataset = datasets.find(({ hash }) => hash === props.dataset) ?? datasets[0];
  const choices = useMemo(() => splitChoices(dataset), [dataset]);
  const launch = useMutation(
    trpc.runs.create.mutationOptions({
      onSuccess: (runs) => {
        const [first] = runs;
        router.push(runs.length === 1 && first ? `/runs/${first.id}` : "/runs");
      },
    }),
  );
  if (!dataset) {
    return (
      <Empty
        title="No dataset yet"
        action={
          <Link
            href="/datasets/import"
            className={buttonStyle({ variant: "primary", size: "medium" })}
          >
            Import a dataset
          </Link>
        }
      />
    );
  }
  const fields = fieldsOf(runConfigSchema, draft.config);
  const groups = fields.filter((field) => field.kind === "group");
  const single = fields.filter((field) => field.kind !== "group");

  return (
    <form
      className="grid grid-cols-1 gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft.valid) return;
        launch.mutate({
          config: draft.valid,
          dataset: dataset.hash,
          recipe,
          parent,
          repeats,
          title: title || null,
        });
      }}
    >
      <RunBasics
        datasets={datasets}
        dataset={dataset}
        onDataset={onDataset}
        title={title}
        onTitle={setTitle}
        repeats={repeats}
        onRepeats={setRepeats}
        seed={draft.valid?.seed ?? null}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Segmented
          label="View of the config"
          value={view}
          onValueChange={setView}
          options={[
            { value: "form", label: "Form" },
            { value: "json", label: "JSON" },
          ]}
        />
        <p className="text-sm text-ink-3 tabular-nums">
          {draft.changed.size === 0 ? "As in " : `${draft.changed.size} changed from `}
          {baseTitle}
        </p>
        {draft.changed.size > 0 ? (
          <Button variant="quiet" size="small" onClick={() => draft.replace(base)}>
            Undo all
          </Button>
        ) : null}
      </div>
      {view === "json" ? (
        <Card>
          <ConfigText draft={draft} />
        </Card>
      ) : (
        <>
          <Card title="General">
            <FieldGroup fields={single} draft={draft} choices={choices} />
          </Card>
          {groups.map((group) => (
            <Card key={group.path.join(".")} title={group.meta.title}>
              <FieldGroup fields={group.fields} draft={draft} choices={choices} />
            </Card>
          ))}
        </>
      )}
      {launch.isError ? (
        <Failed title="The run was not started">{launch.error.message}</Failed>
      ) : null}
      <div className="sticky bottom-0 -mx-4 flex flex-wrap items-center gap-3 border-t border-line bg-page/95 px-4 py-3 max-md:bottom-14 md:-mx-6 md:px-6">
        <Button
          type="submit"
          variant="primary"
          size="large"
          icon={<Play aria-hidden />}
          busy={launch.isPending}
          disabled={draft.valid === null}
        >
          {repeats === 1 ? "Start run" : `Start ${repeats} runs`}
        </Button>
        {draft.errors.size > 0 ? (
          <p role="status" className="text-sm text-danger">
            {draft.errors.size === 1 ? "One field needs" : `${draft.errors.size} fields need`}{" "}
            another value: {[...draft.errors.keys()].slice(0, 3).join(", ")}
          </p>
        ) : null}
      </div>
    </form>
  );
}
