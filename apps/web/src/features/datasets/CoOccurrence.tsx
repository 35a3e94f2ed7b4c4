import { formatCount } from "@seedmask/ui/format";
import { colourAt } from "@seedmask/ui/maps/colour-map";
import { HeatMatrix, type MatrixCell } from "@seedmask/ui/segmentation/heat-matrix";

interface CoOccurrenceProps {
  readonly classes: readonly string[];
  /** Row-major C × C; the diagonal holds images per class. */
  readonly counts: readonly number[];
  readonly onSelect: (classIndex: number) => void;
}

/** Share of the row's images that hold the column's class as well: what a CAM may mistake for it. */
export function CoOccurrence({ classes, counts, onSelect }: CoOccurrenceProps) {
  const size = classes.length;
  const cell = (row: number, column: number): MatrixCell => {
    const own = counts[row * size + row] ?? 0;
    const count = counts[row * size + column] ?? 0;
    const text = count === 0 ? "" : formatCount(count);
    if (row === column) {
      return { colour: null, text, words: `${classes[row]}: ${formatCount(count)} images` };
    }
    const share = own === 0 ? 0 : count / own;
    return {
      colour: colourAt("viridis", share),
      text,
      words: `${classes[row]} with ${classes[column]}: ${formatCount(count)} images, ${Math.round(share * 100)} % of ${classes[row]}`,
    };
  };
  return (
    <HeatMatrix
      rows={classes}
      columns={classes}
      cell={cell}
      corner="Class"
      caption="Brighter: a larger share of the row’s images. The diagonal counts a class’s images."
      onSelect={onSelect}
    />
  );
}
