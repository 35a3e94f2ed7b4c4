import { Card } from "@seedmask/ui/primitives/card";
import { ColourBar } from "@seedmask/ui/segmentation/colour-bar";
import { heatOf, MapFigure } from "./MapFigure.tsx";
import type { SeamView } from "./use-seam-view.ts";
import { differenceOf, mapOf, meanMagnitude, MODULES, type Views } from "./views.ts";

interface EquivarianceProps {
  readonly dataset: string;
  readonly view: SeamView;
  readonly views: Views;
}

const NAMES = { cam: "CAM", revised: "Revised CAM" };

/** Map of an image, map of the transformed image brought back, and what differs. */
export function Equivariance({ dataset, view, views }: EquivarianceProps) {
  const { image, plane, transform, module } = view;
  const upright = mapOf(views, { transform: null, module, plane });
  const back = mapOf(views, { transform, module, plane });
  const difference = differenceOf(upright, back);
  const magnitude = (of: (typeof MODULES)[number]): string =>
    meanMagnitude(
      differenceOf(
        mapOf(views, { transform: null, module: of, plane }),
        mapOf(views, { transform, module: of, plane }),
      ),
    ).toFixed(3);
  return (
    <Card
      title="Equivariance"
      description={`Mean |difference| ${MODULES.map((of) => `${magnitude(of)} of the ${NAMES[of]}`).join(", ")}: an equivariant network has none`}
    >
      <div className="grid gap-4 sm:grid-cols-3">
        <MapFigure dataset={dataset} image={image} layer={heatOf(upright)}>
          {NAMES[module]} of I
          <ColourBar colours="viridis" />
        </MapFigure>
        <MapFigure dataset={dataset} image={image} layer={heatOf(back)}>
          {NAMES[module]} of A(I), brought back
          <ColourBar colours="viridis" />
        </MapFigure>
        <MapFigure
          dataset={dataset}
          image={image}
          layer={heatOf(difference, "difference", [-1, 1])}
        >
          Less (blue) or more (orange) in A(I)
          <ColourBar colours="difference" range={[-1, 1]} />
        </MapFigure>
      </div>
    </Card>
  );
}
