import manifest from "../../package.json" with { type: "json" };

/** Recorded with each run that is launched here. */
export const CODE_VERSION: string = manifest.version;
