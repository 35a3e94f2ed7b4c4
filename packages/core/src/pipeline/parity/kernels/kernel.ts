import type { GoldenFile } from "../golden-file.ts";

/** What one computation gives, by the tensor names and in the layouts of its file. */
export type KernelOutputs = Readonly<Record<string, ArrayLike<number>>>;

/**
 * Runs the product's own functions on the inputs and parameters of a file. Nothing is computed here
 * but the change of layout.
 */
export type Kernel = (golden: GoldenFile) => KernelOutputs | Promise<KernelOutputs>;
