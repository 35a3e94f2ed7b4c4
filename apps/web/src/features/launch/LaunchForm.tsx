"use client";
import { type RunConfig, runConfigSchema } from "@seedmask/core/contract";
import { Button, buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useRouter } from "next/navigation";
import dynamic from "next/dynamic";
import { useMemo, useRef, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { FieldGroup } from "./FieldEditor.tsx";
import { type Choice, fieldsOf } from "./form-model.ts";
import { PlanCard } from "./PlanCard.tsx";
import { summaryOf } from "./plan-summary.ts";
import { RunBasics } from "./RunBasics.tsx";
import { useDraft } from "./use-draft.ts";
import { usePlan } from "./use-plan.ts";

/** YAML is read by those who want it as text only. */
const ConfigYaml = dynamic(async () => (await import("./ConfigYaml.tsx")).ConfigYaml, {
  loading: () => <Loading label="Loading the editor" shape="rows" count={8} />,
});

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
  const [view, setView] = useState<"form" | "yaml">("form");
  const [title, setTitle] = useState("");
  const [repeats, setRepeats] = useState(1);
  const dataset = datasets.find(({ hash }) => hash === props.dataset) ?? datasets[0];
  const choices = useMemo(() => splitChoices(dataset), [dataset]);
  const answer = usePlan(draft.valid, dataset?.hash ?? "");
  const form = useRef<HTMLFormElement>(null);
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

  const refusal = answer.current ? (answer.plan.data?.refusal ?? null) : null;

  function goToFirstError(): void {
    const field = form.current?.querySelector<HTMLElement>("[aria-invalid=true]");
    field?.scrollIntoView({ block: "center" });
    field?.focus({ preventScroll: true });
  }

  return (
    <form
      ref={form}
      noValidate
      className="grid grid-cols-1 gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if (!draft.valid) {
          goToFirstError();
          return;
        }
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
          onValueChange={(next) => {
            // Text that cannot be read is dropped: the form shows what was last readable.
            if (next === "form") draft.replace(draft.config);
            setView(next);
          }}
          options={[
            { value: "form", label: "Form" },
            { value: "yaml", label: "YAML" },
          ]}
        />
        <p className="text-sm text-ink-3 tabular-nums">
          {draft.changed.size === 0 ? "As in " : `${draft.changed.size} changed from `}
          {baseTitle}
        </p>
        {draft.changed.size > 0 ? (
          <Button
            variant="quiet"
            size="small"
            onClick={() => {
              draft.replace(base);
              setView("form");
            }}
          >
            Undo all
          </Button>
        ) : null}
      </div>
      {view === "yaml" ? (
        <Card>
          <ConfigYaml draft={draft} />
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
      <PlanCard answer={answer} repeats={repeats} />
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
          disabled={refusal !== null}
        >
          {repeats === 1 ? "Start run" : `Start ${repeats} runs`}
        </Button>
        <p role="status" className="min-w-0 flex-1 text-sm text-ink-3">
          {draft.errors.size > 0 ? (
            <button
              type="button"
              onClick={goToFirstError}
              className="min-h-6 text-left text-danger underline"
            >
              {draft.errors.size === 1 ? "One field needs" : `${draft.errors.size} fields need`}{" "}
              another value: {[...draft.errors.keys()].slice(0, 3).join(", ")}
            </button>
          ) : (
            (refusal ?? (answer.plan.data && summaryOf(answer.plan.data, repeats)))
          )}
        </p>
      </div>
    </form>
  );
}
