import type { ClassIou } from "@seedmask/core/contract";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { IouBar } from "@seedmask/ui/segmentation/iou-bar";
import type { ReactNode } from "react";

export interface ClassThresholdsProps {
  readonly classes: readonly ClassIou[];
  /** By label: where its own IoU is highest, and how high. */
  readonly best: readonly { readonly threshold: number; readonly iou: number | null }[];
  readonly styles: readonly LabelStyle[];
  readonly onSelect: (label: number) => void;
}

/** Every class at the chosen threshold, with the mark of what its own best would give. */
export const ClassThresholds = ({
  classes,
  best,
  styles,
  onSelect,
}: ClassThresholdsProps): ReactNode => (
  <div className="max-h-[26rem] overflow-auto">
    <table className="w-full text-xs">
      <thead className="sticky top-0 bg-surface text-ink-3">
        <tr>
          {["Class", "IoU", "Precision", "Recall", "Own best at"].map((title, column) => (
            <th
              key={title}
              scope="col"
              className={
                column < 2 ? "pb-1 text-left font-normal" : "pb-1 pl-3 text-right font-normal"
              }
            >
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {classes.map(({ label, iou, precision, recall }) => {
          const style = styles[label];
          return (
            <tr key={label} className="hover:bg-sunken">
              <td className="max-w-28 pr-2">
                <button
                  type="button"
                  onClick={() => onSelect(label)}
                  className="flex min-h-7 max-w-full items-center gap-1.5 hover:underline"
                >
                  {style !== undefined && <ColourChip style={style} />}
                  <span className="truncate">{style?.name ?? label}</span>
                </button>
              </td>
              <td className="w-2/5">
                <IouBar
                  value={iou}
                  reference={best[label]?.iou ?? null}
                  referenceLabel="Own best"
                />
              </td>
              <td className="pl-3 text-right">
                <IouFigure value={precision} />
              </td>
              <td className="pl-3 text-right">
                <IouFigure value={recall} />
              </td>
              <td className="pl-3 text-right tabular-nums">
                {best[label]?.iou === null || best[label] === undefined
                  ? "—"
                  : best[label].threshold.toFixed(3)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  </div>
);
