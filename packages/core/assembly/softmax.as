/** exp(x) for x ≤ 0 to 2e-7 relative, 0 below −87. Cephes expf, four at a time. */
@inline
function exponential(x: v128): v128 {
  const clamped = f32x4.max(x, f32x4.splat(-87.3));
  const k = f32x4.nearest(f32x4.mul(clamped, f32x4.splat(1.44269504)));
  let rest = f32x4.sub(clamped, f32x4.mul(k, f32x4.splat(0.693359375)));
  rest = f32x4.sub(rest, f32x4.mul(k, f32x4.splat(-2.12194440e-4)));
  let sum = f32x4.splat(1.9875691500e-4);
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.3981999507e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(8.3334519073e-3));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(4.1665795894e-2));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(1.6666665459e-1));
  sum = f32x4.add(f32x4.mul(sum, rest), f32x4.splat(5.0000001201e-1));
  sum = f32x4.add(f32x4.mul(sum, f32x4.mul(rest, rest)), f32x4.add(rest, f32x4.splat(1)));
  const power = i32x4.shl(i32x4.add(i32x4.trunc_sat_f32x4_s(k), i32x4.splat(127)), 23);
  // Padding lanes hold −1e30 and must give exactly 0.
  return v128.and(f32x4.mul(sum, power), f32x4.gt(x, f32x4.splat(-87.3)));
}

@inline
function highestLane(x: v128): v128 {
  const pairs = f32x4.max(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.max(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

@inline
function sumOfLanes(x: v128): v128 {
  const pairs = f32x4.add(x, v128.shuffle<f32>(x, x, 2, 3, 0, 1));
  return f32x4.add(pairs, v128.shuffle<f32>(pairs, pairs, 1, 0, 3, 2));
}

/** q [P, lanes] = softmax of energy over each group of lanes; groups [count] i32 are multiples of 4. */
export function softmax(
  points: i32,
  lanes: i32,
  energy: usize,
  q: usize,
  groups: usize,
  groupCount: i32,
): void {
  const shift = q - energy;
  let from = energy;
  for (let point = 0; point < points; point++) {
    for (let group = 0; group < groupCount; group++) {
      const end = from + (<usize>load<i32>(groups + (<usize>group << 2)) << 2);
      let highest = v128.load(from);
      for (let at = from + 16; at < end; at += 16) highest = f32x4.max(highest, v128.load(at));
      highest = highestLane(highest);
      let sum = f32x4.splat(0);
      for (let at = from; at < end; at += 16) {
        const value = exponential(f32x4.sub(v128.load(at), highest));
        v128.store(at + shift, value);
        sum = f32x4.add(sum, value);
      }
      sum = sumOfLanes(sum);
      for (let at = from; at < end; at += 16) {
        v128.store(at + shift, f32x4.div(v128.load(at + shift), sum));
      }
      from = end;
    }
  }
}
