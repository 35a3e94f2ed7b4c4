import { z } from "zod";
import { BackendError, type DenseCrfConfig, type RgbImage } from "../contract/index.ts";
import type { DenseCrf } from "./dense-crf.ts";
import { DENSE_CRF_WASM } from "./dense-crf-wasm.ts";
import { appearanceFeatures, smoothnessFeatures } from "./features.ts";
import { interleaveNegative, placeLanes, separateGroup } from "./lanes.ts";
import type { Unary } from "./unary.ts";

const exported = z.custom<(...parameters: number[]) => number>(
  (value) => typeof value === "function",
);
const engineSchema = z.object({
  memory: z.instanceof(WebAssembly.Memory),
  /** Forgets all allocations. */
  reset: exported,
  allocate: exported,
  mark: exported,
  release: exported,
  buildLattice: exported,
  normalise: exported,
  meanField: exported,
});
type Engine = z.infer<typeof engineSchema>;

/** Lanes that no label uses: e^−1e30 = 0. */
const PADDING = -1e30;
const LANES_OF_SIMD = 4;
const FLOAT_BYTES = 4;

let compiled: WebAssembly.Module | null | undefined;
/** Engines whose CRF was disposed: their memory is grown and warm, so the next image is faster. */
const idle: Engine[] = [];

function compile(): WebAssembly.Module | null {
  if (compiled === undefined) {
    const bytes = Buffer.from(DENSE_CRF_WASM, "base64");
    compiled = WebAssembly.validate(bytes) ? new WebAssembly.Module(bytes) : null;
  }
  return compiled;
}

/**
 * Whether this runtime has WebAssembly with SIMD, the [4] lanes the module needs.
 *
 * @see createTypedArrayCrf for where it has not
 */
export const wasmSupported = (): boolean => compile() !== null;

function openEngine(): Engine {
  const warm = idle.pop();
  if (warm !== undefined) return warm;
  const module = compile();
  if (module === null) {
    throw new BackendError("crf: expected WebAssembly with SIMD, got a runtime without it.");
  }
  return engineSchema.parse(new WebAssembly.Instance(module, {}).exports);
}

/** Memory may move when it grows: ask for a view again after every call. */
const view = ({ memory }: Engine, at: number, length: number): Float32Array =>
  new Float32Array(memory.buffer, at, length);

function addKernel(engine: Engine, features: Float32Array, d: number, weight: number): number {
  const at = engine.allocate(features.byteLength);
  view(engine, at, features.length).set(features);
  const lattice = engine.buildLattice(at, features.length / d, d);
  engine.normalise(lattice, weight);
  return lattice;
}

/**
 * Fully connected CRF in WebAssembly with SIMD; the source is packages/core/assembly.
 *
 * image    [H, W, 3]  0…255 RGB as it was read
 * returns  inference for any label set
 *
 * Empty case: weights of zero or no iterations give softmax(−U).
 * @throws {ShapeError} by infer, when a unary is not of the image's size
 * @throws {BackendError} where the runtime has no SIMD
 * @see createTypedArrayCrf, which it follows operation by operation but for its own exponential
 */
export function createWasmCrf(image: RgbImage, config: DenseCrfConfig): DenseCrf {
  const pixels = image.height * image.width;
  const engine = openEngine();
  let open = true;
  engine.reset();
  const smoothness =
    config.gaussianWeight > 0
      ? addKernel(engine, smoothnessFeatures(image, config), 2, config.gaussianWeight)
      : 0;
  const appearance =
    config.bilateralWeight > 0
      ? addKernel(engine, appearanceFeatures(image, config), 5, config.bilateralWeight)
      : 0;

  const inferAll = (unaries: readonly Unary[]): Float32Array[] => {
    if (!open) throw new BackendError("crf: expected a CRF in use, got a disposed one.");
    const groups = placeLanes(unaries, { pixels, multiple: LANES_OF_SIMD });
    const lanes = groups.at(-1)?.end ?? 0;
    const before = engine.mark();
    const negative = engine.allocate(pixels * lanes * FLOAT_BYTES);
    const widths = engine.allocate(groups.length * FLOAT_BYTES);
    const target = view(engine, negative, pixels * lanes).fill(PADDING);
    interleaveNegative(unaries, groups, target);
    new Int32Array(engine.memory.buffer, widths).set(groups.map(({ start, end }) => end - start));
    const sets = [widths, groups.length] as const;
    const kernels = [smoothness, appearance] as const;
    const q = engine.meanField(pixels, lanes, negative, ...sets, ...kernels, config.iterations);
    const result = view(engine, q, pixels * lanes);
    const maps = groups.map((group) => separateGroup(result, lanes, group));
    engine.release(before);
    return maps;
  };
  const dispose = (): void => {
    if (open) idle.push(engine);
    open = false;
  };
  return { inferAll, infer: (unary) => inferAll([unary])[0]!, dispose };
}
