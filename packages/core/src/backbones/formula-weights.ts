import { crc32 } from "node:zlib";
import { type StateDict, elementCount, float32Array } from "../tensor/state-dict.ts";

/**
 * Uniform numbers that any language can reproduce bit for bit.
 *
 * returns  [count]  −0.5…0.5, multiples of 2⁻²⁴
 *
 * @see golden/README.md, "Formula weights": hash_u01
 */
export function hashUniform(seed: number, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let i = 0; i < count; i += 1) {
    let x = (seed + Math.imul(i, 0x9e3779b9)) >>> 0;
    x = Math.imul(x ^ (x >>> 16), 0x85ebca6b);
    x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35);
    x = (x ^ (x >>> 16)) >>> 0;
    values[i] = Math.fround((x >>> 8) * 2 ** -24) - 0.5;
  }
  return values;
}

const fround = Math.fround;

/** How a uniform number becomes a weight, by the name and rank of its array. */
function formulaOf(name: string, shape: readonly number[], gain: number): (u: number) => number {
  if (shape.length >= 2) {
    const fanIn = elementCount(shape.slice(1));
    const scale = fround(2 * Math.sqrt(gain / fanIn));
    return (u) => fround(u * scale);
  }
  const offset = name.endsWith(".weight") || name.endsWith(".running_var") ? 1 : 0;
  const widths: Record<string, number> = {
    weight: 0.2,
    bias: 0.1,
    running_mean: 0.1,
    running_var: 0.4,
  };
  const width = fround(widths[name.slice(name.lastIndexOf(".") + 1)] ?? 0.1);
  return offset === 0 ? (u) => fround(u * width) : (u) => fround(1 + fround(u * width));
}

/**
 * Weights made from their names, so that a full-width network can be compared across languages
 * without storing it, and smoke-tested without pretrained weights.
 *
 * shapes   name → state-dict shape (OIHW for convolutions)
 * returns  one F32 array a name
 *
 * gain     variance gain of weights of rank ≥ 2, 3 keeps activations of a relu net in range
 *
 * @see golden/README.md, "Formula weights"
 */
export function formulaWeights(
  shapes: Iterable<readonly [name: string, shape: readonly number[]]>,
  { baseSeed, gain }: { baseSeed: number; gain: number },
): StateDict {
  return new Map(
    Array.from(shapes, ([name, shape]) => {
      const seed = (crc32(name) ^ baseSeed) >>> 0;
      const weights = hashUniform(seed, elementCount(shape)).map(formulaOf(name, shape, gain));
      return [name, float32Array(shape, weights)] as const;
    }),
  );
}
