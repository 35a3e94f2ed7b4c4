export * from "./artifact-store.ts";
export { entriesOf } from "./entries.ts";
export { toStageFailure } from "./failure.ts";
export { keepPrediction, predictImage, writePrediction } from "./predict-image.ts";
export { type ParityReport, runParity } from "./parity/run-parity.ts";
export * from "./run-pipeline.ts";
export { runStage, type StageEnvironment } from "./run-stage.ts";
export { weightsHome } from "./weights-home.ts";

export { type Dataset, datasetRoot, openDataset } from "../data/dataset.ts";
export { detectFormat } from "../data/detect-format.ts";
export { importDataset, type ImportOptions, type ImportResult } from "../data/import-dataset.ts";
export {
  type DatasetPreview,
  previewDataset,
  type PreviewSample,
} from "../data/preview-dataset.ts";
export {
  makeSyntheticDataset,
  SYNTHETIC_CLASSES,
  type SyntheticOptions,
} from "../data/synthetic/make-synthetic-dataset.ts";

export { type Enlarged, enlargeDataset } from "./enlarge/enlarge-dataset.ts";
export { type SpoiltMasks, spoilMasks } from "./enlarge/spoil-masks.ts";

export { CRF_PRESETS } from "../crf/presets.ts";
export { exportDataset } from "../data/export-dataset.ts";
export { crfImage, type CrfImageOptions } from "./crf-image.ts";
export { evaluateFolder, type FolderEvaluation } from "./evaluate-folder.ts";
export {
  importArtifact,
  type ImportArtifactOptions,
  type ImportedArtifact,
} from "./imports/import-artifact.ts";
export { type ListedImport, listImportedArtifacts } from "./imports/list-imported.ts";
export { findDataset, listImported } from "./find-dataset.ts";
export { findWeights, importWeights, WEIGHTS_REGISTRY } from "../backbones/weights.ts";
