import { WeightsError } from "../contract/errors.ts";
import { type ParameterKind, toFileLayout, toMemoryLayout } from "./layout.ts";
import type { Random } from "./random.ts";
import { elementCount, type NamedArray, type StateDict } from "./state-dict.ts";
import type { tf } from "./tf.ts";

/** Tensors by state-dict name. Whoever makes a map of weights disposes it. */
export type Weights = ReadonlyMap<string, tf.Tensor>;

export type ParameterRole =
  | "weight"
  | "bias"
  | "norm-scale"
  | "norm-offset"
  | "norm-mean"
  | "norm-variance";

/** One array of a network, as its state dict names and shapes it. */
export interface Parameter {
  readonly name: string;
  readonly kind: ParameterKind;
  readonly role: ParameterRole;
  /** In the file's layout: OIHW for convolutions. */
  readonly shape: readonly number[];
  /** Deviation of a fresh weight; default is He et al.'s sqrt(2 / fan in). */
  readonly deviation?: number;
}

const FRESH: Readonly<Record<Exclude<ParameterRole, "weight">, number>> = {
  bias: 0,
  "norm-scale": 1,
  "norm-offset": 0,
  "norm-mean": 0,
  "norm-variance": 1,
};

function freshArray({ role, shape, deviation, name }: Parameter, random: Random): NamedArray {
  const data = new Float32Array(elementCount(shape));
  if (role !== "weight") return { dtype: "F32", shape, data: data.fill(FRESH[role]) };
  const fanIn = elementCount(shape.slice(1));
  const width = deviation ?? Math.sqrt(2 / fanIn);
  const stream = random.fork(name);
  return { dtype: "F32", shape, data: data.map(() => stream.normal() * width) };
}

/**
 * Fresh weights: normal with He deviation, norms that change nothing, biases 0. Each array has a
 * random stream of its own, so adding a layer does not change the others.
 * @see He et al. 2015, section 2.2
 */
export const initialWeights = (parameters: readonly Parameter[], random: Random): Weights =>
  new Map(
    parameters.map((parameter) => [
      parameter.name,
      toMemoryLayout(freshArray(parameter, random), parameter.kind),
    ]),
  );

/** How a file differs from what a network needs. */
export interface WeightsReport {
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly misshaped: readonly {
    readonly name: string;
    readonly expected: readonly number[];
    readonly got: readonly number[];
  }[];
}

/** Compares names and shapes. Nothing is forgiven silently: the caller decides what may differ. */
export function compareWeights(parameters: readonly Parameter[], arrays: StateDict): WeightsReport {
  const known = new Set(parameters.map(({ name }) => name));
  return {
    missing: parameters.map(({ name }) => name).filter((name) => !arrays.has(name)),
    unexpected: [...arrays.keys()].filter((name) => !known.has(name)),
    misshaped: parameters.flatMap(({ name, shape: expected }) => {
      const got = arrays.get(name)?.shape;
      const same =
        got === undefined ||
        (got.length === expected.length && got.every((extent, axis) => extent === expected[axis]));
      return same ? [] : [{ name, expected, got }];
    }),
  };
}

const some = (names: readonly string[]): string =>
  names.length > 5
    ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`
    : names.join(", ");

/**
 * The weights of a network out of a state dict; arrays it does not know are left aside.
 *
 * @throws {WeightsError} when an array is missing or has another shape, with names
 */
export function weightsFromStateDict(
  parameters: readonly Parameter[],
  arrays: StateDict,
  where: string,
): Weights {
  const { missing, misshaped } = compareWeights(parameters, arrays);
  if (missing.length > 0 || misshaped.length > 0) {
    const shapes = misshaped.map(
      ({ name, expected, got }) => `${name} [${expected.join(", ")}] is [${got.join(", ")}]`,
    );
    throw new WeightsError(
      `${where}: expected ${parameters.length} arrays, got ${missing.length} missing (${some(missing)}) and ${misshaped.length} of another shape (${some(shapes)}). Is it a file of this network?`,
      { details: { missing, misshaped } },
    );
  }
  return new Map(
    parameters.map(({ name, kind }) => [name, toMemoryLayout(arrays.get(name)!, kind)]),
  );
}

/** Weights as they go into a file: reference's names, reference's layout. */
export async function stateDictOf(
  parameters: readonly Parameter[],
  weights: Weights,
): Promise<StateDict> {
  const arrays = new Map<string, NamedArray>();
  for (const { name, kind } of parameters) {
    arrays.set(name, await toFileLayout(weightOf(weights, name), kind));
  }
  return arrays;
}

/** One tensor of a map. @throws {WeightsError} when there is none of that name */
export function weightOf<Rank extends tf.Tensor = tf.Tensor>(weights: Weights, name: string): Rank {
  const tensor = weights.get(name);
  if (tensor === undefined) throw new WeightsError(`weights: expected "${name}", got none.`);
  return tensor as Rank;
}

export function disposeWeights(weights: Weights): void {
  for (const tensor of weights.values()) tensor.dispose();
}

/** The tensors of some parameters again, so that two networks can own them apart. */
export const cloneWeights = (parameters: readonly Parameter[], weights: Weights): Weights =>
  new Map(parameters.map(({ name }) => [name, weightOf(weights, name).clone()]));
