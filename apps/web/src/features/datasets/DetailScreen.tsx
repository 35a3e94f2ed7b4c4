"use client";
import { BarList } from "@seedmask/ui/charts/bar-list";
import { Card } from "@seedmask/ui/primitives/card";
import { formatCount } from "@seedmask/ui/format";
import { useQueryState } from "nuqs";
import { CoOccurrence } from "./CoOccurrence.tsx";
import { useDataset } from "./DatasetFrame.tsx";
import { ImageBrowser } from "./ImageBrowser.tsx";

/** What is in a dataset version: classes, what occurs together, the images. */
export function DatasetScreen() {
  const dataset = useDataset();
  const [, setLabel] = useQueryState("class");
  const { classes, report } = dataset;
  return (
    <div className="grid grid-cols-1 gap-5">
      <div className="grid grid-cols-1 items-start gap-5 xl:grid-cols-2">
        <Card title="Images by class" description="A class opens its images">
          <BarList
            label="Images by class"
            format={formatCount}
            items={classes.map((title, index) => ({
              key: String(index),
              label: title,
              value: report.imagesPerClass[index] ?? 0,
            }))}
            onSelect={(key) => void setLabel(key)}
          />
        </Card>
        <Card
          title="Co-occurrence"
          description="Images that hold both classes; a cell opens its row’s images"
        >
          <CoOccurrence
            classes={classes}
            counts={report.coOccurrence}
            onSelect={(classIndex) => void setLabel(String(classIndex))}
          />
        </Card>
      </div>
      <ImageBrowser dataset={dataset} />
    </div>
  );
}
