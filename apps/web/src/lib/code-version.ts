import manifest from "../../package.json" with { type: "json" };

/** Recorded with each run that is launched here. */
export const CODE_VERSION: string = process.env["SEEDMASK_COMMIT"] ?? manifest.version;
