export { exportProject, type ExportProjectOptions, projectFileName } from "./export-project.ts";
export { ARTIFACT_CHOICES, type ArtifactChoice } from "./format.ts";
export { type ImportedProject, importProject, type ImportProjectInput } from "./import-project.ts";
