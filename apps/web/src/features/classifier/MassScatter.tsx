import { DensityMap, type DensityMark } from "@seedmask/ui/charts/density-map";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { ClassLegend } from "@seedmask/ui/segmentation/class-legend";
import type { ClassifierHealth } from "./ClassifierClasses.tsx";

interface MassScatterProps {
  readonly health: ClassifierHealth;
  readonly styles: readonly LabelStyle[];
}

/** Mean of each class, images with it or without it. */
const marksOf = (
  { classes }: ClassifierHealth,
  styles: readonly LabelStyle[],
  side: "present" | "absent",
): DensityMark[] =>
  classes.flatMap((health, index) => {
    const { probability, mass } = health[side];
    const style = styles[index + 1];
    if (probability === null || mass === null || !style) return [];
    return [{ key: style.name, label: style.name, x: probability, y: mass, colour: style.colour }];
  });

/** Classes that are there should lie right and high, those that are not left and low. */
export function MassScatter({ health, styles }: MassScatterProps) {
  const { scatter } = health;
  const x = { label: "Probability", most: 1 };
  const y = { label: "CAM mass", most: scatter.most === 0 ? 1 : scatter.most };
  return (
    <div className="flex flex-col gap-3">
      <div className="grid gap-6 md:grid-cols-2">
        {(["present", "absent"] as const).map((side) => (
          <DensityMap
            key={side}
            label={side === "present" ? "Class is in the image" : "Class is not in the image"}
            bins={scatter.bins}
            counts={scatter[side]}
            x={x}
            y={y}
            marks={marksOf(health, styles, side)}
          />
        ))}
      </div>
      <ClassLegend styles={styles.slice(1)} />
      <p className="text-xs text-ink-3">
        Colour counts points on a logarithmic scale. The means stand in the table above.
      </p>
    </div>
  );
}
