"use client";
import { RECIPES, type RunConfig, runConfigSchema, settingText } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { Failed } from "@seedmask/ui/states/failed";
import { useMutation } from "@tanstack/react-query";
import { Play } from "lucide-react";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { NumberInput } from "#features/launch/NumberInput.tsx";
import { PlanCard } from "#features/launch/PlanCard.tsx";
import { usePlan } from "#features/launch/use-plan.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { draftSweep, varyFields, type VaryRow } from "./vary.ts";
import { VaryRows } from "./VaryRows.tsx";

type Dataset = RouterOutputs["datasets"]["list"][number];

interface SweepFormProps {
  readonly config: RunConfig;
  readonly recipe: { readonly name: string; readonly version: number } | null;
  readonly parent: string | null;
  readonly datasets: readonly Dataset[];
  readonly dataset: Dataset;
  readonly onRecipe: (name: string) => void;
  readonly onDataset: (hash: string) => void;
}

const STRATEGIES = [
  { value: "grid", label: "Grid", hint: "every combination" },
  { value: "random", label: "Random", hint: "points drawn from the space" },
] as const;

/** Points named before the rest is counted. */
const NAMED = 6;

export function SweepForm(props: SweepFormProps) {
  const { recipe, parent, datasets, dataset, onRecipe, onDataset } = props;
  const trpc = useTRPC();
  const router = useRouter();
  // A run may be older than some fields.
  const config = useMemo(
    () => runConfigSchema.safeParse(props.config).data ?? props.config,
    [props.config],
  );
  const fields = useMemo(() => varyFields(config), [config]);
  const start = fields.find(({ path }) => path.startsWith("seeds.background.")) ?? fields[0]!;
  const [rows, setRows] = useState<readonly VaryRow[]>([{ path: start.path, text: "" }]);
  const [title, setTitle] = useState("");
  const [strategy, setStrategy] = useState<"grid" | "random">("grid");
  const [budget, setBudget] = useState<number | string>(12);
  const [atOnce, setAtOnce] = useState(1);
  const draft = useMemo(
    () =>
      draftSweep(config, rows, {
        strategy,
        budget: Number(budget) || 0,
        seed: config.seed,
        atOnce,
      }),
    [config, rows, strategy, budget, atOnce],
  );
  const answer = usePlan("first" in draft ? draft.first : null, dataset.hash);
  const launch = useMutation(
    trpc.sweeps.create.mutationOptions({ onSuccess: ({ id }) => router.push(`/sweeps/${id}`) }),
  );
  const untouched = rows.every(({ text }) => text.trim() === "");
  const refusal = "error" in draft ? draft.error : (answer.plan.data?.refusal ?? null);

  return (
    <form
      noValidate
      className="grid grid-cols-1 gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        if ("error" in draft) return;
        const named = title.trim() || rows.map(({ path }) => path.split(".").at(-1)).join(" × ");
        launch.mutate({
          title: named,
          config,
          dataset: dataset.hash,
          plan: draft.plan,
          recipe,
          parent,
        });
      }}
    >
      <Card>
        <div className="grid items-start gap-5 sm:grid-cols-2 xl:grid-cols-3">
          <Field label="Recipe" help={parent === null ? undefined : "Choosing one leaves the run"}>
            {(control) => (
              <Select
                {...control}
                value={parent === null ? recipe?.name : undefined}
                placeholder="the run's own config"
                onValueChange={onRecipe}
                options={RECIPES.map(({ name, title: label }) => ({ value: name, label }))}
              />
            )}
          </Field>
          <Field label="Dataset">
            {(control) => (
              <Select
                {...control}
                value={dataset.hash}
                onValueChange={onDataset}
                options={datasets.map(({ hash, name, version }) => ({
                  value: hash,
                  label: `${name} v${version}`,
                }))}
              />
            )}
          </Field>
          <Field label="Title" help="Optional; the varied fields name it otherwise">
            {(control) => (
              <Input
                {...control}
                value={title}
                maxLength={200}
                onChange={(event) => setTitle(event.target.value)}
              />
            )}
          </Field>
        </div>
      </Card>
      <Card title="Vary">
        <VaryRows config={config} fields={fields} rows={rows} onRows={setRows} />
      </Card>
      <Card title="Plan">
        <div className="grid items-start gap-5 sm:grid-cols-3">
          <Field label="Strategy">
            {(control) => (
              <Select
                {...control}
                value={strategy}
                onValueChange={setStrategy}
                options={[...STRATEGIES]}
              />
            )}
          </Field>
          <Field label="Budget" unit="runs" help="At most; 1 … 500">
            {(control) => <NumberInput {...control} value={budget} integer onChange={setBudget} />}
          </Field>
          <Field
            label="At once"
            unit="runs"
            help="One at a time lets each reuse the stages of those before it"
          >
            {(control) => (
              <Select
                {...control}
                value={String(atOnce)}
                onValueChange={(value) => setAtOnce(Number(value))}
                options={["1", "2", "4", "8"].map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
        </div>
        {"settings" in draft ? (
          <p className="mt-4 text-sm text-ink-2" role="status">
            {draft.settings.length} {draft.settings.length === 1 ? "run" : "runs"}:{" "}
            <span className="text-ink-3">
              {draft.settings.slice(0, NAMED).map(settingText).join("; ")}
              {draft.settings.length > NAMED ? "; …" : ""}
            </span>
          </p>
        ) : null}
      </Card>
      {"first" in draft ? <PlanCard answer={answer} repeats={1} /> : null}
      {launch.isError ? (
        <Failed title="The sweep was not started">{launch.error.message}</Failed>
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
          {"settings" in draft ? `Start ${draft.settings.length} runs` : "Start sweep"}
        </Button>
        {refusal !== null && !untouched ? (
          <p role="status" className="min-w-0 flex-1 text-sm text-danger">
            {refusal}
          </p>
        ) : null}
      </div>
    </form>
  );
}
