/** What a run would do, for those who ask before it starts: no tensor is loaded. */
export { cacheKeyOf } from "./cache-key.ts";
export { memoryLimit } from "./memory.ts";
export { stageNamed } from "./stages.ts";
export { stageWork, type StageWork, type WorkSize } from "./stage-work.ts";
export { findWeights, WEIGHTS_REGISTRY } from "../backbones/weights-registry.ts";
