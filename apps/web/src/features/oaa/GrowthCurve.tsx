import { LineChart } from "@seedmask/ui/charts/line-chart";
import { formatIou } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { Loading } from "@seedmask/ui/states/loading";
import type { Growth } from "./film.ts";

interface GrowthCurveProps {
  /** Null while the true mask is on its way. */
  readonly growth: Growth | null;
  /** Name of the class. */
  readonly className: string;
  readonly epoch: number;
  readonly hasMask: boolean;
}

/** Covered area, precision and recall after every epoch. */
export function GrowthCurve({ growth, className, epoch, hasMask }: GrowthCurveProps) {
  if (growth === null) {
    return (
      <Card title="Growth by epoch">
        <Loading label="Counting pixels" shape="chart" />
      </Card>
    );
  }
  const steps = growth.covered.map((_, at) => at + 1);
  const line = (key: string, label: string, values: readonly (number | null)[]) => ({
    key,
    label,
    steps,
    values,
  });
  const figures = [
    ["Covered", growth.covered[epoch]!],
    ["Precision", growth.precision[epoch]!],
    ["Recall", growth.recall[epoch]!],
  ] as const;
  return (
    <Card
      title="Growth by epoch"
      description={
        hasMask
          ? `Share of the image covered by ${className}, and how rightly, in percent of pixels`
          : "This image has no true mask, so there is neither precision nor recall"
      }
    >
      <dl className="mb-3 flex gap-8">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-ink-3">{label}</dt>
            <dd className="text-xl font-semibold tabular-nums">{formatIou(value)}</dd>
          </div>
        ))}
      </dl>
      <LineChart
        label={`Covered area, precision and recall of ${className} by epoch`}
        stepLabel="Epoch"
        format={formatIou}
        height={200}
        series={[
          line("covered", "Covered area", growth.covered),
          ...(hasMask
            ? [
                line("precision", "Precision", growth.precision),
                line("recall", "Recall", growth.recall),
              ]
            : []),
        ]}
      />
    </Card>
  );
}
