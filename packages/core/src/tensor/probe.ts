import { tf } from "./tf.ts";

/** Products of two square matrices until the time is up; billions of multiply-adds × 2 a second. */
async function rate(side: number, milliseconds: number): Promise<number> {
  const matrix: tf.Tensor2D = tf.ones([side, side]);
  // The first product also loads kernels and starts threads: it is not counted.
  tf.dispose(await tf.matMul(matrix, matrix).data());
  let done = 0;
  const start = performance.now();
  do {
    const product = tf.matMul(matrix, matrix);
    await product.data();
    product.dispose();
    done += 1;
  } while (performance.now() - start < milliseconds);
  matrix.dispose();
  return (done * 2 * side ** 3) / ((performance.now() - start) * 1e6);
}

/** Speed of float32 matrix products in Gflop/s. Slow backends get small matrices: a second at most. */
export async function matMulGflops(): Promise<number> {
  const rough = await rate(128, 50);
  return rough < 5 ? rough : rate(1024, 400);
}
