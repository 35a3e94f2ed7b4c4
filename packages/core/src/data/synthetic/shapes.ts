/** A flat shape in some local frame: x to the right, y down. */
export type Shape =
  | {
      readonly kind: "ellipse";
      readonly x: number;
      readonly y: number;
      readonly rx: number;
      readonly ry: number;
    }
  | { readonly kind: "triangle"; readonly points: readonly (readonly [x: number, y: number])[] }
  | {
      readonly kind: "box";
      readonly x: number;
      readonly y: number;
      readonly rx: number;
      readonly ry: number;
      readonly round: number;
    };

export const ellipse = (x: number, y: number, rx: number, ry = rx): Shape => ({
  kind: "ellipse",
  x,
  y,
  rx,
  ry,
});
export const triangle = (...points: readonly (readonly [number, number])[]): Shape => ({
  kind: "triangle",
  points,
});
export const box = (x: number, y: number, rx: number, ry: number, round: number): Shape => ({
  kind: "box",
  x,
  y,
  rx,
  ry,
  round,
});

/** Math.hypot is many times slower, and guards against an overflow that cannot happen here. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);

function ellipseDistance(x: number, y: number, rx: number, ry: number): number {
  const scaled = length(x / rx, y / ry);
  if (scaled === 0) return -Math.min(rx, ry);
  return (scaled * (scaled - 1)) / length(x / (rx * rx), y / (ry * ry));
}

function boxDistance(x: number, y: number, rx: number, ry: number, round: number): number {
  const dx = Math.abs(x) - rx + round;
  const dy = Math.abs(y) - ry + round;
  return length(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
}

/** For corners in clockwise order on screen. */
function triangleDistance(
  x: number,
  y: number,
  points: readonly (readonly [number, number])[],
): number {
  let distance = Number.NEGATIVE_INFINITY;
  points.forEach(([x0, y0], i) => {
    const [x1, y1] = points[(i + 1) % points.length]!;
    const side = length(x1 - x0, y1 - y0);
    distance = Math.max(distance, ((x - x0) * (y0 - y1) + (y - y0) * (x1 - x0)) / -side);
  });
  return distance;
}

/** Signed distance to the outline, negative inside; near the outline, to first order. */
export function distanceTo(shape: Shape, x: number, y: number): number {
  switch (shape.kind) {
    case "ellipse":
      return ellipseDistance(x - shape.x, y - shape.y, shape.rx, shape.ry);
    case "box":
      return boxDistance(x - shape.x, y - shape.y, shape.rx, shape.ry, shape.round);
    case "triangle":
      return triangleDistance(x, y, shape.points);
  }
}

/** Union of two distances whose seam is rounded over `radius`. */
export function smoothUnion(a: number, b: number, radius: number): number {
  const blend = Math.max(0, Math.min(1, 0.5 + (0.5 * (b - a)) / radius));
  return b + (a - b) * blend - radius * blend * (1 - blend);
}
