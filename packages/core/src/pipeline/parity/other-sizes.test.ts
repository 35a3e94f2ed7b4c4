import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { pathPixels } from "../../irn/path-affinity.ts";
import { activateBackend } from "../../tensor/backend.ts";
import { writeSafetensors } from "../../tensor/safetensors.ts";
import { float32Array, type NamedArray } from "../../tensor/state-dict.ts";
import { runParity } from "./run-parity.ts";

/** Files of the same kinds with other sizes and parameters, judged by slow float64 oracles. */
beforeAll(() => activateBackend());

async function verdictOf(
  kernel: string,
  {
    tensors,
    params,
    outputs,
  }: {
    readonly tensors: Readonly<Record<string, NamedArray>>;
    readonly params: object;
    readonly outputs: object;
  },
) {
  const path = join(await mkdtemp(join(tmpdir(), "seedmask-sizes-")), "case.safetensors");
  await writeSafetensors(path, new Map(Object.entries(tensors)), {
    kernel,
    params: JSON.stringify(params),
    outputs: JSON.stringify(outputs),
  });
  return runParity(path);
}

/** Values in 0…1 that look random. */
const noise = (length: number, seed: number): Float32Array =>
  Float32Array.from({ length }, (_, at) => {
    const value = Math.sin(at * 12.9898 + seed * 78.233) * 43758.5453;
    return value - Math.floor(value);
  });

/** Boundary affinities of all pairs as a dense matrix, walked step by step. */
function walkDensely(
  boundary: Float32Array,
  scores: Float32Array,
  {
    height,
    width,
    radius,
    beta,
    steps,
  }: Record<"height" | "width" | "radius" | "beta" | "steps", number>,
): number[] {
  const pixels = height * width;
  const weight = Array.from({ length: pixels }, (_, p) =>
    Array.from({ length: pixels }, (__, q) => {
      const [y, x] = [Math.floor(p / width), p % width];
      const [dy, dx] = [Math.floor(q / width) - y, (q % width) - x];
      if (p === q) return 1;
      if (dy * dy + dx * dx >= radius * radius) return 0;
      const highest = pathPixels({ dy, dx }).map(
        (step) => boundary[(y + step.dy) * width + x + step.dx]!,
      );
      return (1 - Math.max(...highest)) ** beta;
    }),
  );
  let values = Array.from(scores, (score, p) => score * (1 - boundary[p % pixels]!));
  for (let step = 0; step < steps; step += 1) {
    values = values.map((_, at) => {
      const [plane, column] = [Math.floor(at / pixels) * pixels, at % pixels];
      let [sum, total] = [0, 0];
      for (let row = 0; row < pixels; row += 1) {
        sum += values[plane + row]! * weight[row]![column]!;
        total += weight[row]![column]!;
      }
      return sum / total;
    });
  }
  return values;
}

describe("golden files of other sizes", () => {
  it.each([
    { height: 5, width: 13, radius: 4, beta: 3, exponent: 3, planes: 1 },
    { height: 9, width: 4, radius: 2, beta: 1, exponent: 5, planes: 3 },
    { height: 3, width: 3, radius: 5, beta: 10, exponent: 0, planes: 2 },
  ])("walks within boundaries on $height × $width, radius $radius", async (size) => {
    const { height, width, radius, beta, exponent, planes } = size;
    const cam = noise(planes * height * width, 1);
    const edge = noise(height * width, 2);
    const rw = walkDensely(edge, cam, { height, width, radius, beta, steps: 2 ** exponent });
    const { passed, tensors } = await verdictOf("random_walk_irn", {
      tensors: {
        cam: float32Array([planes, height, width], cam),
        edge: float32Array([1, height, width], edge),
        rw: float32Array([planes, 1, height, width], Float32Array.from(rw)),
      },
      params: {
        radius,
        beta,
        exp_times: exponent,
        sem_seg_bg_thres: 0.4,
        crop: [height * 4 - 1, width * 4 - 3],
      },
      outputs: { rw: { rel: 1e-5, abs: 1e-7 } },
    });
    expect(tensors.filter((each) => !each.passed)).toEqual([]);
    expect(passed).toBe(true);
  });

  it("counts with the file's own number of labels and ignored label", async () => {
    const u8 = (shape: number[], ...data: number[]): NamedArray => ({
      dtype: "U8",
      shape,
      data: Uint8Array.from(data),
    });
    const { passed } = await verdictOf("confusion_metrics", {
      tensors: {
        gt: u8([1, 1, 5], 0, 1, 2, 9, 2),
        pred: u8([1, 1, 5], 0, 2, 2, 1, 2),
        confusion: { dtype: "I32", shape: [3, 3], data: Int32Array.of(1, 0, 0, 0, 0, 1, 0, 0, 2) },
        class_iou: float32Array([3], Float32Array.of(1, 0, 2 / 3)),
      },
      params: { ignore: 9 },
      outputs: { confusion: { exact: true }, class_iou: { abs: 1e-6 } },
    });
    expect(passed).toBe(true);
  });

  it("keeps a rate that no longer falls after the last iteration", async () => {
    const at = (step: number) => 0.1 * (1 - step / 7) ** 2;
    const { passed } = await verdictOf("poly_learning_rate", {
      tensors: {
        lr: float32Array(
          [9],
          Float32Array.of(at(0), at(0), at(0), at(3), at(3), at(3), at(6), at(6), at(6)),
        ),
      },
      params: { lr: 0.1, power: 2, iter_max: 7, step_size: 3 },
      outputs: { lr: { rel: 1e-6 } },
    });
    expect(passed).toBe(true);
  });

  it("says that a grid is smaller than the radius", async () => {
    const features = float32Array([1, 2, 4, 9], noise(72, 1));
    const walk = verdictOf("random_walk_psa", {
      tensors: { feature: features, cam_lowres: float32Array([2, 4, 9], noise(72, 2)) },
      params: { radius: 5, beta: 8, logt: 2, padded: [32, 72], height: 30, width: 70, stride: 8 },
      outputs: { cam_lowres: {} },
    });
    await expect(walk).rejects.toThrow(/at least 5×9 features for radius 5, got 4×9/u);
  });

  it("refuses a CRF with one label, and a file that asks for nothing", async () => {
    const crf = {
      iterations: 1,
      g_sxy: 1,
      g_compat: 1,
      b_sxy: 1,
      b_srgb: 1,
      b_compat: 1,
      unary: "from_softmax clip=1e-5",
    };
    const tensors = {
      image: { dtype: "U8", shape: [2, 2, 3], data: new Uint8Array(12) },
      prob_u8: { dtype: "U8", shape: [1, 2, 2], data: new Uint8Array(4) },
      q: float32Array([1, 2, 2], new Float32Array(4)),
    } as const;
    const verdict = (outputs: object) =>
      verdictOf("crf_probabilities", { tensors, params: crf, outputs });
    await expect(verdict({ q: {} })).rejects.toThrow(/at least two labels.*got 1/u);
    await expect(verdict({})).rejects.toThrow(/a rule in metadata "outputs"/u);
  });
});
