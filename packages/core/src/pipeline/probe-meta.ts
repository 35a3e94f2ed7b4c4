import { type DatasetImage, type ProbeImage, probeImages } from "../contract/index.ts";
import { entriesOf } from "./entries.ts";
import type { StageContext } from "./stage.ts";

const factsOf = ({ key, id, width, height, labels, mask }: DatasetImage): ProbeImage => ({
  key,
  id,
  width,
  height,
  labels,
  hasMask: mask !== null,
});

/** What every artefact of the probe set says of its images. */
export const probeMeta = ({ config, dataset, limit }: StageContext) => ({
  classes: dataset.manifest.classes,
  images: probeImages(entriesOf(dataset, config, limit).train).map(factsOf),
});
