"use client";
import {
  DATASET_FORMATS,
  type DatasetImportRequest,
  datasetImportRequestSchema,
} from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { Failed } from "@seedmask/ui/states/failed";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { ArchiveUpload } from "./ArchiveUpload.tsx";
import { ImportProgress } from "./ImportProgress.tsx";

type Format = DatasetImportRequest["format"];

const FORMAT_WORDS: Readonly<Record<Format, string>> = {
  auto: "Find out",
  voc: "PASCAL VOC folder",
  "image-folder": "Folder with labels.csv or labels.json",
  "coco-instances": "COCO instances",
  "coco-panoptic": "COCO panoptic",
  synthetic: "Built-in scenes",
};
const OFFERED: readonly Format[] = [
  "auto",
  ...DATASET_FORMATS.filter((one) => one !== "synthetic"),
];

/** Path and name, then a check that changes nothing, then the import itself. */
export function ImportScreen() {
  const trpc = useTRPC();
  const [path, setPath] = useState("");
  const [name, setName] = useState("");
  const [format, setFormat] = useState<Format>("auto");
  const [errors, setErrors] = useState<ReadonlyMap<string, string>>(new Map());
  const start = useMutation(trpc.datasets.import.mutationOptions());
  const id = start.data?.id ?? null;
  const job = useQuery({
    ...trpc.datasets.getImport.queryOptions({ id: id ?? "" }),
    enabled: id !== null,
    refetchInterval: ({ state }) =>
      state.data?.status === "succeeded" || state.data?.status === "failed" ? false : 700,
  });
  const busy = start.isPending || job.data?.status === "queued" || job.data?.status === "running";

  function submit(dryRun: boolean): void {
    const request = datasetImportRequestSchema.safeParse({
      path: path.trim(),
      name: name.trim(),
      format,
      dryRun,
      options: {},
    });
    setErrors(
      new Map(request.error?.issues.map(({ path: [field], message }) => [String(field), message])),
    );
    if (request.success) start.mutate(request.data);
  }

  return (
    <>
      <PageHeader
        title="Import a dataset"
        description="Checked first; nothing is kept until every file was read."
      />
      <div className="grid max-w-4xl grid-cols-1 gap-5">
        <Card>
          <form
            className="grid gap-4"
            onSubmit={(event) => {
              event.preventDefault();
              submit(true);
            }}
          >
            <ArchiveUpload onUploaded={setPath} />
            <Field
              label="Folder or archive on the server"
              help="As the worker sees it, e.g. /data/VOC2012"
              error={errors.get("path")}
            >
              {(control) => (
                <Input
                  {...control}
                  value={path}
                  spellCheck={false}
                  className="font-mono text-xs"
                  onChange={(event) => setPath(event.target.value)}
                />
              )}
            </Field>
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <Field
                label="Name"
                help="Importing the same name with other content makes a new version"
                error={errors.get("name")}
              >
                {(control) => (
                  <Input
                    {...control}
                    value={name}
                    onChange={(event) => setName(event.target.value)}
                  />
                )}
              </Field>
              <Field label="Format">
                {(control) => (
                  <Select
                    {...control}
                    value={format}
                    onValueChange={setFormat}
                    options={OFFERED.map((value) => ({ value, label: FORMAT_WORDS[value] }))}
                  />
                )}
              </Field>
            </div>
            <div className="flex flex-wrap gap-2">
              <Button type="submit" variant="primary" busy={busy}>
                Check
              </Button>
              <Button
                busy={busy}
                disabled={!job.data?.report?.ok || !job.data.request.dryRun}
                onClick={() => submit(false)}
              >
                Import
              </Button>
            </div>
          </form>
        </Card>
        {start.isError ? (
          <Failed title="The check was not started">{start.error.message}</Failed>
        ) : null}
        {job.data ? <ImportProgress job={job.data} onCheckAgain={() => submit(true)} /> : null}
      </div>
    </>
  );
}
