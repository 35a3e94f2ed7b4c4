import { cx } from "@seedmask/ui/cx";
import { formatPercent } from "@seedmask/ui/format";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { Card } from "@seedmask/ui/primitives/card";
import { ColourChip } from "@seedmask/ui/segmentation/class-legend";
import { Empty } from "@seedmask/ui/states/empty";

interface ClassScoresProps {
  readonly classes: readonly string[];
  readonly styles: readonly LabelStyle[];
  /** 0…1 each; null where the run has no classifier that makes seeds. */
  readonly scores: readonly number[] | null;
  /** Class whose map is shown. */
  readonly chosen: number | null;
  readonly onChoose: (classIndex: number) => void;
}

/** How probable the classifier finds each class; a click shows its map. */
export function ClassScores({ classes, styles, scores, chosen, onChoose }: ClassScoresProps) {
  if (scores === null) {
    return (
      <Card title="Classes">
        <Empty title="No class scores">
          This run trained a segmenter on masks, or took seeds made elsewhere.
        </Empty>
      </Card>
    );
  }
  const ranked = [...scores.keys()].toSorted((a, b) => scores[b]! - scores[a]!);
  return (
    <Card title="Classes" description="The classifier’s probability; choose one to see its map">
      <ul className="flex flex-col gap-0.5">
        {ranked.map((index) => (
          <li key={index}>
            <button
              type="button"
              aria-pressed={index === chosen}
              onClick={() => onChoose(index)}
              className={cx(
                "grid w-full grid-cols-[minmax(0,8rem)_1fr_auto] items-center gap-3 rounded px-2 py-1.5 text-left text-sm hover:bg-sunken",
                index === chosen && "bg-accent-soft",
              )}
            >
              <span className="flex min-w-0 items-center gap-1.5">
                <ColourChip style={styles[index + 1]!} />
                <span className="truncate">{classes[index]}</span>
              </span>
              <span aria-hidden className="h-1.5 rounded-full bg-line-strong/35">
                <span
                  className="block h-full rounded-full bg-accent"
                  style={{ width: `${scores[index]! * 100}%` }}
                />
              </span>
              <span className="w-14 text-right tabular-nums">
                {formatPercent(scores[index]!, 1)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
