import { conv2d } from "../tensor/conv.ts";
import { groupNorm } from "../tensor/group-norm.ts";
import { resizeScores } from "../tensor/resize.ts";
import { tf } from "../tensor/tf.ts";
import { type Parameter, type Weights, weightOf } from "../tensor/weights.ts";

/**
 * Features of a ResNet-50 at output stride 16, all constants: the backbone is frozen.
 * Stem and first stage at stride 4, then 8, 16 and 16.
 */
export interface IrnTaps {
  readonly stem: tf.Tensor4D;
  readonly stages: readonly [tf.Tensor4D, tf.Tensor4D, tf.Tensor4D, tf.Tensor4D];
}

/** A 1 × 1 convolution, a group norm, enlargement and relu, under the release's names. */
interface Branch {
  readonly name: string;
  readonly inputs: number;
  readonly outputs: number;
  readonly groups: number;
  readonly enlarge: 1 | 2 | 4;
}

const branch = (
  name: string,
  [inputs, outputs]: readonly [number, number],
  groups: number,
  enlarge: Branch["enlarge"],
): Branch => ({ name, inputs, outputs, groups, enlarge });

const EDGE_BRANCHES: readonly Branch[] = [
  branch("fc_edge1", [64, 32], 4, 1),
  branch("fc_edge2", [256, 32], 4, 1),
  branch("fc_edge3", [512, 32], 4, 2),
  branch("fc_edge4", [1024, 32], 4, 4),
  branch("fc_edge5", [2048, 32], 4, 4),
];
const EDGE_SCORE = "fc_edge6";
const EDGE_CHANNELS = 160;

const DISPLACEMENT = {
  one: branch("fc_dp1", [64, 64], 8, 1),
  two: branch("fc_dp2", [256, 128], 16, 1),
  three: branch("fc_dp3", [512, 256], 16, 1),
  four: branch("fc_dp4", [1024, 256], 16, 2),
  five: branch("fc_dp5", [2048, 256], 16, 2),
  deep: branch("fc_dp6", [768, 256], 16, 2),
  joined: branch("fc_dp7", [448, 256], 16, 1),
} as const;
const DISPLACEMENT_SCORE = "fc_dp7.3";
const MEAN_SHIFT = "mean_shift.running_mean";

const branchParameters = ({ name, inputs, outputs }: Branch): Parameter[] => [
  { name: `${name}.0.weight`, kind: "conv", role: "weight", shape: [outputs, inputs, 1, 1] },
  { name: `${name}.1.weight`, kind: "vector", role: "norm-scale", shape: [outputs] },
  { name: `${name}.1.bias`, kind: "vector", role: "norm-offset", shape: [outputs] },
];

/**
 * Every array of both branches.
 *
 * returns   filters [O, I, 1, 1], group norms and biases [O]
 *
 * @see irn net/resnet50_irn.py, Net
 */
export const irnParameters = (): Parameter[] => [
  ...EDGE_BRANCHES.flatMap(branchParameters),
  { name: `${EDGE_SCORE}.weight`, kind: "conv", role: "weight", shape: [1, EDGE_CHANNELS, 1, 1] },
  { name: `${EDGE_SCORE}.bias`, kind: "vector", role: "bias", shape: [1] },
  ...Object.values(DISPLACEMENT).flatMap(branchParameters),
  { name: `${DISPLACEMENT_SCORE}.weight`, kind: "conv", role: "weight", shape: [2, 256, 1, 1] },
  { name: MEAN_SHIFT, kind: "vector", role: "norm-mean", shape: [2] },
];

function runBranch(
  x: tf.Tensor4D,
  weights: Weights,
  { name, groups, enlarge }: Branch,
  limit: readonly [height: number, width: number] | null,
): tf.Tensor4D {
  const scores = conv2d(x, weightOf(weights, `${name}.0.weight`));
  const normed = groupNorm(
    scores,
    { scale: weightOf(weights, `${name}.1.weight`), offset: weightOf(weights, `${name}.1.bias`) },
    { groups },
  );
  const [, height, width] = normed.shape;
  const larger = resizeScores(normed, {
    height: height * enlarge,
    width: width * enlarge,
    grid: "half-pixel",
  });
  return tf.relu(limit === null ? larger : cropTo(larger, limit));
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
 * @see Ahn et al. 2019, section 4.2 and figure 3; irn net/resnet50_irn.py, forward
 */
export function boundaryLogits({ stem, stages }: IrnTaps, weights: Weights): tf.Tensor4D {
  return tf.tidy(() => {
    const fine = [stages[0].shape[1], stages[0].shape[2]] as const;
    const maps = [stem, ...stages].map((features, at) =>
      runBranch(features, weights, EDGE_BRANCHES[at]!, fine),
    );
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
 * centred  subtract the training set's mean displacement, as at inference
 *
 * @see Ahn et al. 2019, section 4.2; irn net/resnet50_irn.py, forward and MeanShift
 */
export function displacementField(
  { stem, stages }: IrnTaps,
  weights: Weights,
  { centred }: { readonly centred: boolean },
): tf.Tensor4D {
  return tf.tidy(() => {
    const fine = [stages[0].shape[1], stages[0].shape[2]] as const;
    const middle = [stages[1].shape[1], stages[1].shape[2]] as const;
    const run = (x: tf.Tensor4D, at: Branch, limit: typeof fine | null) =>
      runBranch(x, weights, at, limit);
    const deep = run(
      tf.concat(
        [
          run(stages[1], DISPLACEMENT.three, null),
          run(stages[2], DISPLACEMENT.four, middle),
          run(stages[3], DISPLACEMENT.five, middle),
        ],
        3,
      ),
      DISPLACEMENT.deep,
      fine,
    );
    const joined = run(
      tf.concat(
        [run(stem, DISPLACEMENT.one, null), run(stages[0], DISPLACEMENT.two, null), deep],
        3,
      ),
      DISPLACEMENT.joined,
      null,
    );
    const field = conv2d(joined, weightOf<tf.Tensor4D>(weights, `${DISPLACEMENT_SCORE}.weight`));
    return centred ? tf.sub<tf.Tensor4D>(field, weightOf(weights, MEAN_SHIFT)) : field;
  });
}
