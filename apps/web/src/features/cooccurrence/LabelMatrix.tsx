import { pointwiseMutualInformation } from "@seedmask/core/contract";
import { formatCount } from "@seedmask/ui/format";
import { divergingColour } from "@seedmask/ui/maps/colour-map";
import { HeatMatrix, type MatrixCell } from "@seedmask/ui/segmentation/heat-matrix";
import { informationWords } from "./words.ts";
import type { Pair } from "./pairs.ts";

interface LabelMatrixProps {
  readonly classes: readonly string[];
  readonly labels: { readonly images: number; readonly counts: readonly number[] };
  readonly pair: Pair | null;
  readonly onSelect: (classIndex: number, partner: number) => void;
}

/** Bits at which the colour is full. */
const FULL_COLOUR = 3;

/** How often two labels meet in an image, and whether that is more than chance. */
export function LabelMatrix({ classes, labels, pair, onSelect }: LabelMatrixProps) {
  const size = classes.length;
  const information = pointwiseMutualInformation(labels.counts, {
    classes: size,
    images: labels.images,
  });
  const cell = (row: number, column: number): MatrixCell => {
    const count = labels.counts[row * size + column] ?? 0;
    const bits = information[row * size + column] ?? null;
    const text = formatCount(count);
    if (row === column) {
      return { colour: null, text, words: `${classes[row]}: ${text} images` };
    }
    return {
      colour: bits === null ? null : divergingColour(bits / FULL_COLOUR),
      text: count === 0 ? "" : text,
      words: `${classes[row]} with ${classes[column]}: ${text} images, PMI ${informationWords(bits)}`,
    };
  };
  return (
    <HeatMatrix
      rows={classes}
      columns={classes}
      cell={cell}
      corner="Class"
      caption="Orange: together more often than chance; blue: less. The diagonal counts a class’s images."
      onSelect={onSelect}
      selected={pair && [pair.classIndex, pair.partner]}
    />
  );
}
