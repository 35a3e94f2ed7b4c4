"use client";
import { runConfigSchema, changedPaths, flatten } from "@seedmask/core/contract";
import { Badge } from "@seedmask/ui/primitives/badge";
import { Card } from "@seedmask/ui/primitives/card";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import type { ReactNode } from "react";
import { useConfigBase } from "./use-config-base.ts";
import { useRun } from "./use-run.ts";

/** The exact config, every field, with what differs from its recipe marked. */
export function ConfigScreen({ runId }: { readonly runId: string }) {
  const run = useRun(runId);
  /** The database forgets the order of fields; the schema has it. */
  const config = runConfigSchema.safeParse(run.config).data ?? run.config;
  const base = useConfigBase(run);
  const changes = base.config === null ? [] : changedPaths(base.config, config);
  const changed = new Map(changes.map(({ path, from }) => [path, from]));
  const gone = changes.filter(({ to }) => to === undefined);
  const backend = run.backend;
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-[2fr_1fr]">
      <Card
        title="Config"
        description={
          base.config === null ? base.title : `${changed.size} changed from ${base.title}`
        }
        actions={
          <div className="flex flex-wrap items-center gap-2">
            {base.choices.length > 1 ? (
              <Segmented
                label="Compared with"
                value={base.against}
                onValueChange={base.choose}
                options={base.choices}
              />
            ) : null}
            <CopyButton value={JSON.stringify(config, null, 2)} label="Copy as JSON" />
          </div>
        }
      >
        <dl className="grid grid-cols-[minmax(0,1fr)_auto] font-mono text-xs">
          {flatten(config).map(({ path, value }) => (
            <div
              key={path}
              className="col-span-2 grid grid-cols-subgrid gap-4 border-b border-line py-1.5 last:border-b-0"
            >
              <dt className="break-words text-ink-2">{path}</dt>
              <dd className="flex items-center gap-2 text-right">
                {changed.has(path) ? (
                  <Badge tone="accent">was {String(changed.get(path))}</Badge>
                ) : null}
                {String(value)}
              </dd>
            </div>
          ))}
          {gone.map(({ path, from }) => (
            <div
              key={path}
              className="col-span-2 grid grid-cols-subgrid gap-4 border-b border-line py-1.5 text-ink-3 last:border-b-0"
            >
              <dt className="break-words line-through">{path}</dt>
              <dd className="text-right">was {String(from)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Card title="Computed by">
        {backend ? (
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-sm">
            <Row name="Backend">{backend.backend}</Row>
            <Row name="Device">{backend.device}</Row>
            <Row name="Probe">{backend.matMulGflops.toFixed(0)} GFLOP/s</Row>
            <Row name="Code">{run.codeVersion}</Row>
            {Object.entries(backend.versions).map(([name, version]) => (
              <Row key={name} name={name}>
                {version}
              </Row>
            ))}
          </dl>
        ) : (
          <p className="text-sm text-ink-3">Known once the first stage has run.</p>
        )}
      </Card>
    </div>
  );
}

function Row({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  );
}
