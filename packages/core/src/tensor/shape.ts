import { ShapeError } from "../contract/errors.ts";

/**
 * Refuses a tensor whose static shape is not the promised one. A letter stands for any extent, and
 * for the same extent wherever it comes back; `known` gives letters a value.
 *
 *     expectShape(cam, ["N", "h", "w", "C"], { C: classes }, "seedFromCam")
 *
 * @returns the extents the letters stand for
 * @throws {ShapeError} naming the door, what it expected and what it got
 */
export function expectShape(
  tensor: { readonly shape: readonly number[] },
  pattern: readonly (string | number)[],
  known: Readonly<Record<string, number>>,
  where: string,
): Record<string, number> {
  const extents: Record<string, number> = { ...known };
  const fits =
    tensor.shape.length === pattern.length &&
    pattern.every((symbol, axis) => {
      const extent = tensor.shape[axis]!;
      if (typeof symbol === "number") return extent === symbol;
      return (extents[symbol] ??= extent) === extent;
    });
  if (fits) return extents;
  const wanted = pattern.map((symbol) =>
    typeof symbol === "string" && symbol in known ? `${symbol} = ${known[symbol]}` : symbol,
  );
  throw new ShapeError(
    `${where}: expected [${wanted.join(", ")}], got [${tensor.shape.join(", ")}].`,
    { details: { expected: wanted, got: tensor.shape } },
  );
}
