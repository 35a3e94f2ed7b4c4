import { bytesOfSigned, bytesOfUnit, probeImages, probePath } from "../../contract/index.ts";
import { sizeOfLongSide } from "../../data/geometry.ts";
import { resizeImage } from "../../data/resize-pillow.ts";
import type { SeamNetwork } from "../../seam/seam-network.ts";
import { type SeamViews, seamViews } from "../../seam/seam-views.ts";
import { encodeSafetensors } from "../../tensor/safetensors.ts";
import type { Weights } from "../../tensor/weights.ts";
import { entriesOf } from "../entries.ts";
import { probeMeta } from "../probe-meta.ts";
import type { StageContext } from "../stage.ts";
import type { TrainedNetwork } from "./seed-method.ts";

const RECORD = "seam-views";

/** File bytes of one image. @see contract/artifact.ts, seam-views */
function encodeViews(
  { height, width, maps, features }: SeamViews,
  classes: Int32Array,
): Uint8Array {
  const { bytes, scale } = bytesOfSigned(features);
  const depth = features.length / (height * width);
  return encodeSafetensors(
    new Map([
      ["scale", { dtype: "F32" as const, shape: [1], data: Float32Array.of(scale) }],
      ["classes", { dtype: "I32" as const, shape: [classes.length], data: classes }],
      [
        "maps",
        {
          dtype: "U8" as const,
          shape: [3, 2, classes.length, height, width],
          data: bytesOfUnit(maps),
        },
      ],
      ["features", { dtype: "U8" as const, shape: [height, width, depth], data: bytes }],
    ] as const),
  );
}

/** What the trained network sees of the probe set and of its transformed images, into a draft. */
export async function recordSeamViews(
  context: StageContext,
  {
    network,
    weights,
    branchScale,
    imageSize,
  }: {
    readonly network: SeamNetwork;
    readonly weights: Weights;
    readonly branchScale: number;
    readonly imageSize: number;
  },
): Promise<NonNullable<TrainedNetwork["record"]>> {
  const { config, dataset, limit } = context;
  const draft = context.draft(RECORD);
  for (const entry of probeImages(entriesOf(dataset, config, limit).train)) {
    await context.breathe();
    const image = await dataset.image(entry);
    const view = resizeImage(image, sizeOfLongSide(image, imageSize));
    const classes = Int32Array.from(entry.labels);
    const views = await seamViews(network, weights, view, { classes, branchScale });
    await draft.put(probePath(entry.key), encodeViews(views, classes));
  }
  return { kind: RECORD, meta: { ...probeMeta(context), branchScale } };
}
