import { tf } from "../src/tensor/tf.ts";

/** Runs `body` and gives how many tensors it left behind. */
export async function tensorsLeft(body: () => Promise<void> | void): Promise<number> {
  const before = tf.memory().numTensors;
  await body();
  return tf.memory().numTensors - before;
}

/** Slope of `f` at every element of x by central differences; f gets a plain array. */
export async function centralDifferences(
  f: (x: Float32Array) => tf.Scalar,
  x: Float32Array,
  step: number,
): Promise<Float32Array> {
  const slopes = new Float32Array(x.length);
  const at = async (index: number, by: number): Promise<number> => {
    const moved = Float32Array.from(x);
    moved[index]! += by;
    const value = tf.tidy(() => f(moved));
    const result = (await value.data())[0]!;
    value.dispose();
    return result;
  };
  for (let index = 0; index < x.length; index += 1) {
    slopes[index] = ((await at(index, step)) - (await at(index, -step))) / (2 * step);
  }
  return slopes;
}
