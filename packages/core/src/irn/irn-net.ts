import { conv2d } from "../tensor/conv.ts";
import { groupNorm } from "../tensor/group-norm.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";

/**
 * Features of five depths, all constants: the backbone is frozen. On irn's ResNet-50 these are stem and
 * stages, at strides 4, 4, 8, 16 and 16.
 */
export interface IrnTaps {
  readonly stem: tf.Tensor4D;
  readonly stages: readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
}

/** Channels and stride of the five taps, in their order; the second is at stride 4, the third at 8. */
export type IrnTapShapes = readonly { readonly channels: number; readonly stride: number }[];

/** Image pixels a value of the boundary map, along one side. */
export const IRN_STRIDE = 4;
const MIDDLE_STRIDE = 8;

/** A 1 × 1 convolution, a group norm, resizing and relu, under the release's names. */
interface Branch {
  readonly name: string;
  readonly outputs: number;
  readonly groups: number;
}

const EDGE_BRANCHES: readonly Branch[] = [1, 2, 3, 4, 5].map((depth) => ({
  name: `fc_edge${depth}`,
  outputs: 32,
  groups: 4,
}));
const EDGE_SCORE = "fc_edge6";

const DISPLACEMENT_BRANCHES: readonly Branch[] = [
  { name: "fc_dp1", outputs: 64, groups: 8 },
  { name: "fc_dp2", outputs: 128, groups: 16 },
  { name: "fc_dp3", outputs: 256, groups: 16 },
  { name: "fc_dp4", outputs: 256, groups: 16 },
  { name: "fc_dp5", outputs: 256, groups: 16 },
];
const DEEP: Branch = { name: "fc_dp6", outputs: 256, groups: 16 };
const JOINED: Branch = { name: "fc_dp7", outputs: 256, groups: 16 };
const DISPLACEMENT_SCORE = "fc_dp7.3";

/** The training set's mean displacement, which the release subtracts at inference. */
export const MEAN_SHIFT = "mean_shift.running_mean";

const channelsOf = (branches: readonly Branch[]): number =>
  branches.reduce((sum, { outputs }) => sum + outputs, 0);

const conv = (name: string, outputs: number, inputs: number): Parameter => ({
  name: `${name}.weight`,
  kind: "conv",
  role: "weight",
  shape: [outputs, inputs, 1, 1],
  // PyTorch's own start, as a normal distribution.
  deviation: 1 / Math.sqrt(3 * inputs),
});

const branchParameters = ({ name, outputs }: Branch, inputs: number): Parameter[] => [
  conv(`${name}.0`, outputs, inputs),
  { name: `${name}.1.weight`, kind: "vector", role: "norm-scale", shape: [outputs] },
  { name: `${name}.1.bias`, kind: "vector", role: "norm-offset", shape: [outputs] },
];

/** Arrays of the boundary branch. filters [O, I, 1, 1], norms and bias [O]. @see irn net/resnet50_irn.py, Net */
export const edgeParameters = (taps: IrnTapShapes): Parameter[] => [
  ...EDGE_BRANCHES.flatMap((branch, depth) => branchParameters(branch, taps[depth]!.channels)),
  conv(EDGE_SCORE, 1, channelsOf(EDGE_BRANCHES)),
  { name: `${EDGE_SCORE}.bias`, kind: "vector", role: "bias", shape: [1] },
];

/** Arrays of the displacement branch that train. filters [O, I, 1, 1], norms [O]. @see irn net/resnet50_irn.py, Net */
export const displacementParameters = (taps: IrnTapShapes): Parameter[] => [
  ...DISPLACEMENT_BRANCHES.flatMap((branch, depth) =>
    branchParameters(branch, taps[depth]!.channels),
  ),
  ...branchParameters(DEEP, channelsOf(DISPLACEMENT_BRANCHES.slice(2))),
  ...branchParameters(JOINED, channelsOf([...DISPLACEMENT_BRANCHES.slice(0, 2), DEEP])),
  conv(DISPLACEMENT_SCORE, 2, JOINED.outputs),
];

/**
 * Every array of both branches.
 *
 * returns   filters [O, I, 1, 1], group norms and biases [O]
 *
 * @see irn net/resnet50_irn.py, Net
 */
export const irnParameters = (taps: IrnTapShapes): Parameter[] => [
  ...edgeParameters(taps),
  ...displacementParameters(taps),
  { name: MEAN_SHIFT, kind: "vector", role: "norm-mean", shape: [2] },
];

type Grid = readonly [height: number, width: number];
const gridOf = (x: tf.Tensor4D): Grid => [x.shape[1], x.shape[2]];

/** One branch, brought from its tap's stride to another's grid. */
function runBranch(
  x: tf.Tensor4D,
  weights: Weights,
  { name, groups }: Branch,
  { factor, grid }: { readonly factor: number; readonly grid: Grid },
): tf.Tensor4D {
  const scores = conv2d(x, weightOf(weights, `${name}.0.weight`));
  const normed = groupNorm(
    scores,
    { scale: weightOf(weights, `${name}.1.weight`), offset: weightOf(weights, `${name}.1.bias`) },
    { groups },
  );
  return tf.relu(onGrid(normed, factor, grid));
}

/** Enlarged by a whole factor and cut, as the release; a finer tap than the release's is reduced. */
function onGrid(x: tf.Tensor4D, factor: number, [height, width]: Grid): tf.Tensor4D {
  const [rows, columns] = gridOf(x);
  if (factor < 1) return resizeScores(x, { height, width, grid: "half-pixel" });
  const larger = resizeScores(x, {
    height: rows * factor,
    width: columns * factor,
    grid: "half-pixel",
  });
  return cropTo(larger, [height, width]);
}

/** The upper left part: enlarging a rounded-up grid overshoots the finer one. */
const cropTo = (x: tf.Tensor4D, [height, width]: readonly [number, number]): tf.Tensor4D =>
  x.shape[1] === height && x.shape[2] === width
    ? x
    : tf.slice(x, [0, 0, 0, 0], [-1, height, width, -1]);

/**
 * Class boundaries.
 *
 * taps      features of five depths
 * returns   [N, h, w, 1]  logits at stride 4; sigmoid gives 0…1
 *
 * shapes  strides and channels of the taps
 *
 * @see Ahn et al. 2019, section 4.2 and figure 3; irn net/resnet50_irn.py, forward
 */
export function boundaryLogits(
  { stem, stages }: IrnTaps,
  weights: Weights,
  shapes: IrnTapShapes,
): tf.Tensor4D {
  return tf.tidy(() => {
    const grid = gridOf(stages[0]);
    const maps = [stem, ...stages].map((features, depth) => {
      const factor = shapes[depth]!.stride / IRN_STRIDE;
      return runBranch(features, weights, EDGE_BRANCHES[depth]!, { factor, grid });
    });
    const scores = conv2d(
      tf.concat(maps, 3),
      weightOf<tf.Tensor4D>(weights, `${EDGE_SCORE}.weight`),
    );
    return tf.add<tf.Tensor4D>(scores, weightOf(weights, `${EDGE_SCORE}.bias`));
  });
}

/**
 * Displacement of every pixel to the centre of its object.
 *
 * taps      features of five depths
 * returns   [N, h, w, 2]  dy, dx in pixels of stride 4
 *
 * shapes   strides and channels of the taps
 * centred  subtract the training set's mean displacement, as at inference
 *
 * @see Ahn et al. 2019, section 4.2; irn net/resnet50_irn.py, forward and MeanShift
 */
export function displacementField(
  { stem, stages }: IrnTaps,
  weights: Weights,
  { shapes, centred }: { readonly shapes: IrnTapShapes; readonly centred: boolean },
): tf.Tensor4D {
  return tf.tidy(() => {
    const fine = { stride: IRN_STRIDE, grid: gridOf(stages[0]) };
    const middle = { stride: MIDDLE_STRIDE, grid: gridOf(stages[1]) };
    const features = [stem, ...stages];
    const run = (depth: number, { stride, grid }: typeof fine) =>
      runBranch(features[depth]!, weights, DISPLACEMENT_BRANCHES[depth]!, {
        factor: shapes[depth]!.stride / stride,
        grid,
      });
    const deep = runBranch(
      tf.concat([run(2, middle), run(3, middle), run(4, middle)], 3),
      weights,
      DEEP,
      { factor: MIDDLE_STRIDE / IRN_STRIDE, grid: fine.grid },
    );
    const joined = runBranch(tf.concat([run(0, fine), run(1, fine), deep], 3), weights, JOINED, {
      factor: 1,
      grid: fine.grid,
    });
    const field = conv2d(joined, weightOf<tf.Tensor4D>(weights, `${DISPLACEMENT_SCORE}.weight`));
    return centred ? tf.sub<tf.Tensor4D>(field, weightOf(weights, MEAN_SHIFT)) : field;
  });
}
