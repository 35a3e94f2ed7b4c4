import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatCount } from "@seedmask/ui/format";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { IouBar } from "@seedmask/ui/segmentation/iou-bar";
import { useQuery } from "@tanstack/react-query";
import { cx } from "@seedmask/ui/cx";
import type { ReactNode } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { ViewedImage } from "./Viewer.tsx";

export interface ImageFactsProps {
  readonly runId: string;
  readonly dataset: string;
  readonly image: ViewedImage;
  readonly stage: string;
  readonly styles: readonly LabelStyle[];
  readonly heatClass: number | null;
  readonly onHeatClass: (classIndex: number) => void;
}

/** Numbers of one image: its IoU after every stage, and what each class got right and wrong. */
export function ImageFacts({
  runId,
  dataset,
  image,
  stage,
  styles,
  heatClass,
  onHeatClass,
}: ImageFactsProps): ReactNode {
  const trpc = useTRPC();
  const results = useQuery(
    trpc.gallery.imageResults.queryOptions({ runIds: [runId], dataset, imageKey: image.imageKey }),
  );
  const current = results.data?.find((one) => one.stage === stage);
  return (
    <>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-xs">
        <dt className="text-ink-3">Split</dt>
        <dd>{image.split}</dd>
        <dt className="text-ink-3">Size</dt>
        <dd className="tabular-nums">
          {image.width} × {image.height}
        </dd>
        <dt className="text-ink-3">Labels</dt>
        <dd className="flex flex-wrap gap-1">
          {image.labels.map((index) => (
            <button
              key={index}
              type="button"
              aria-pressed={heatClass === index}
              title="Show the heat map of this class (H)"
              onClick={() => onHeatClass(index)}
              className={cx(
                "inline-flex min-h-6 items-center gap-1.5 rounded px-1.5 hover:bg-sunken",
                heatClass === index && "bg-accent-soft",
              )}
            >
              {styles[index + 1] !== undefined && <ColourChip style={styles[index + 1]!} />}
              {styles[index + 1]?.name}
            </button>
          ))}
        </dd>
      </dl>
      <section aria-label="IoU by stage" className="flex flex-col gap-1">
        <h3 className="text-xs font-medium text-ink-2">IoU by stage</h3>
        {(results.data ?? []).map((result) => (
          <div
            key={result.evaluationId}
            className={cx(
              "grid grid-cols-[8rem_1fr] items-center text-xs",
              result.stage === stage ? "font-medium text-ink" : "text-ink-2",
            )}
          >
            <span className="truncate">{STAGE_TITLES[result.stage]}</span>
            <IouBar value={result.iou} />
          </div>
        ))}
      </section>
      {current !== undefined && (
        <table className="w-full text-xs">
          <caption className="pb-1 text-left font-medium text-ink-2">Pixels by class</caption>
          <thead className="text-ink-3">
            <tr>
              <th scope="col" className="text-left font-normal">
                Class
              </th>
              <th scope="col" className="text-right font-normal">
                right
              </th>
              <th scope="col" className="text-right font-normal">
                extra
              </th>
              <th scope="col" className="text-right font-normal">
                missed
              </th>
            </tr>
          </thead>
          <tbody className="tabular-nums">
            {current.classes.map((counts) => (
              <tr key={counts.label}>
                <td className="py-0.5">{styles[counts.label]?.name ?? counts.label}</td>
                <td className="text-right">{formatCount(counts.truePositives)}</td>
                <td className="text-right text-gained">{formatCount(counts.falsePositives)}</td>
                <td className="text-right text-lost">{formatCount(counts.falseNegatives)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}
