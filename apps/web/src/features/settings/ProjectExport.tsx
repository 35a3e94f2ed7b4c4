"use client";
import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { Field } from "@seedmask/ui/primitives/field";
import { Select } from "@seedmask/ui/primitives/select";
import { Download } from "lucide-react";
import { useState } from "react";

const CHOICES = [
  { value: "masks", label: "Masks of every stage" },
  { value: "all", label: "Everything, weights and scores too" },
  { value: "none", label: "No files, numbers only" },
] as const;

/** The whole project as a zip that another Seedmask, or a spreadsheet, can read. */
export function ProjectExport() {
  const [artifacts, setArtifacts] = useState<(typeof CHOICES)[number]["value"]>("masks");
  const [images, setImages] = useState(true);
  return (
    <Card
      title="Whole project"
      description="Runs, results with their policies, datasets and masks as JSON, CSV and PNG. No passwords, tokens or secrets."
    >
      <div className="grid gap-4">
        <Field label="Artefacts">
          {(control) => (
            <Select
              {...control}
              className="max-w-80"
              value={artifacts}
              onValueChange={setArtifacts}
              options={CHOICES}
            />
          )}
        </Field>
        <Checkbox
          checked={images}
          onCheckedChange={setImages}
          label="Images and ground truth of the datasets"
        />
        <a
          href={`/api/project?artifacts=${artifacts}&images=${images ? "yes" : "no"}`}
          download
          className={buttonStyle({
            variant: "primary",
            size: "medium",
            className: "justify-self-start",
          })}
        >
          <Download aria-hidden />
          Export
        </a>
        <p className="text-sm text-ink-3">
          To read it into another data home:{" "}
          <code className="font-mono text-xs">npx seedmask project import FILE</code>. The same file
          again changes nothing.
        </p>
      </div>
    </Card>
  );
}
