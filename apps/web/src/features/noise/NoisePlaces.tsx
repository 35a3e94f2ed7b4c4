import {
  BOUNDARY_RINGS,
  type MaskNoise,
  OBJECT_SIZES,
  ringsError,
  ringsMeanIou,
} from "@seedmask/core/contract";
import { formatCount, formatPercent } from "@seedmask/ui/format";
import { Card } from "@seedmask/ui/primitives/card";
import { IouFigure } from "@seedmask/ui/primitives/figure";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { IouBar } from "@seedmask/ui/segmentation/iou-bar";

const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** A range between two ends of which the last is open. */
const rangeName = (
  ends: readonly (number | null)[],
  at: number,
  write: (end: number) => string,
) => {
  const [from, to] = [at === 0 ? null : (ends[at - 1] ?? null), ends[at] ?? null];
  if (to === null) return `${write(from ?? 0)} and more`;
  return from === null ? `under ${write(to)}` : `${write(from)} – ${write(to)}`;
};

interface NoiseProps {
  readonly noise: MaskNoise;
}

/** Trimap bands around the true boundaries against the inside of things. */
export function ByDistance({ noise }: NoiseProps) {
  const wrong = ringsError(noise.rings).wrong;
  return (
    <Card
      title="Boundary and interior"
      description="By distance to the nearest boundary of the true mask; the band is all up to there"
      flush
    >
      <Table label="Error by distance to a boundary" className="[&_td]:h-9">
        <TableHead>
          <tr>
            <TableHeader>Distance, px</TableHeader>
            <TableHeader align="right">Of pixels</TableHeader>
            <TableHeader>Wrong there</TableHeader>
            <TableHeader align="right">Of errors</TableHeader>
            <TableHeader align="right">mIoU of the band</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {BOUNDARY_RINGS.map((end, at) => {
            const own = ringsError(noise.rings.slice(at, at + 1));
            return (
              <TableRow key={String(end)}>
                <TableCell className="whitespace-nowrap">
                  {rangeName(BOUNDARY_RINGS, at, String)}
                </TableCell>
                <TableCell align="right">
                  {formatPercent(ratio(own.pixels, noise.scored), 1)}
                </TableCell>
                <TableCell className="min-w-36">
                  <IouBar value={ratio(own.wrong, own.pixels)} />
                </TableCell>
                <TableCell align="right">{formatPercent(ratio(own.wrong, wrong), 1)}</TableCell>
                <TableCell align="right">
                  <IouFigure value={ringsMeanIou(noise.rings.slice(0, at + 1))} />
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </Card>
  );
}

/** How much of objects is found, small ones and large ones apart. */
export function BySize({ noise }: NoiseProps) {
  return (
    <Card
      title="Size of object"
      description="Connected regions of one class in the true mask, by their share of the image"
      flush
    >
      <Table label="Objects by size" className="[&_td]:h-9">
        <TableHead>
          <tr>
            <TableHeader>Of the image</TableHeader>
            <TableHeader align="right">Objects</TableHeader>
            <TableHeader align="right">Missed</TableHeader>
            <TableHeader>Pixels found</TableHeader>
          </tr>
        </TableHead>
        <TableBody>
          {noise.sizes.map(({ objects, missed, pixels, found }, at) => (
            <TableRow key={String(OBJECT_SIZES[at])}>
              <TableCell className="whitespace-nowrap">
                {rangeName(OBJECT_SIZES, at, (end) => formatPercent(end))}
              </TableCell>
              <TableCell align="right">{formatCount(objects)}</TableCell>
              <TableCell align="right" className="whitespace-nowrap">
                {formatCount(missed)}
                <span className="text-ink-3"> · {formatPercent(ratio(missed, objects))}</span>
              </TableCell>
              <TableCell className="min-w-36">
                <IouBar value={ratio(found, pixels)} />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Card>
  );
}
