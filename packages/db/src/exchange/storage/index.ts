export { measureStorage } from "./measure.ts";
export { pruneArtifacts } from "./prune.ts";
