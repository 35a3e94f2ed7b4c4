import { createHash } from "node:crypto";
import { copyFile, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { WeightsError } from "../contract/errors.ts";
import { readSafetensors, writeSafetensors } from "../tensor/safetensors.ts";
import { createRandom, type Random } from "../tensor/random.ts";
import {
  compareWeights,
  initialWeights,
  type Parameter,
  type Weights,
  type WeightsReport,
  weightsFromStateDict,
} from "../tensor/weights.ts";
import type { Backbone } from "./backbone.ts";
import { createBackbone } from "./create-backbone.ts";
import { isBookkeeping, readStateDict } from "./read-state-dict.ts";
import { findWeights } from "./weights-registry.ts";

export { findWeights, WEIGHTS_REGISTRY } from "./weights-registry.ts";

const sha256Of = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export interface ImportReport extends WeightsReport {
  readonly sha256: string;
  /** Whether the file is the very one the registry describes. */
  readonly known: boolean;
}

/**
 * Puts a weights file into the weights folder under a registered name, after checking that its arrays
 * are those of the backbone.
 *
 * @returns what differs; extra arrays are reported and kept
 * @throws {WeightsError} when an array of the backbone is missing or has another shape
 */
export async function importWeights({
  path,
  name,
  home,
}: {
  readonly path: string;
  readonly name: string;
  readonly home: string;
}): Promise<ImportReport> {
  const registered = findWeights(name);
  const tensors = await readStateDict(path, registered.backbone);
  const backbone = createBackbone({ name: registered.backbone, outputStride: 8 });
  const published = publishedParameters(backbone);
  const report = compareWeights(published, tensors);
  if (report.missing.length > 0 || report.misshaped.length > 0) {
    const shapes = report.misshaped.map(
      ({ name: array, expected, got }) =>
        `${array} [${got.join(", ")}] for [${expected.join(", ")}]`,
    );
    const wrong = [...report.missing, ...shapes].slice(0, 4).join("; ");
    throw new WeightsError(
      `${path}: expected the ${published.length} arrays of ${registered.backbone}, got ${report.missing.length} missing and ${report.misshaped.length} of another shape (${wrong}). Compare the names with those of ${registered.source}.`,
      { details: { ...report } },
    );
  }
  await mkdir(home, { recursive: true });
  const draft = join(home, `.${name}.${process.pid}.draft`);
  try {
    if (path.endsWith(".safetensors")) await copyFile(path, draft);
    else await writeSafetensors(draft, tensors);
    await rename(draft, join(home, registered.file));
  } finally {
    await rm(draft, { force: true });
  }
  const sha256 = sha256Of(await readFile(path));
  return {
    ...report,
    unexpected: report.unexpected.filter(
      (array) => !registered.head.includes(array) && !isBookkeeping(array),
    ),
    sha256,
    known: registered.sha256 !== null && sha256.startsWith(registered.sha256),
  };
}

/** Arrays that a file of published weights must hold. */
function publishedParameters({ parameters, fresh }: Backbone): readonly Parameter[] {
  const scratch = new Set(fresh.map(({ name }) => name));
  return parameters.filter(({ name }) => !scratch.has(name));
}

/**
 * Pretrained weights of a backbone out of the weights folder.
 *
 * @throws {WeightsError} when the name is unknown, belongs to another backbone, or the file is missing
 */
export async function loadPretrained({
  name,
  home,
  backbone,
  random = createRandom(0),
}: {
  readonly name: string;
  readonly home: string;
  readonly backbone: Backbone;
  /** Where layers that no file holds start from. */
  readonly random?: Random;
}): Promise<Weights> {
  const registered = findWeights(name);
  const fits: readonly string[] = [registered.backbone, ...(registered.fits ?? [])];
  if (!fits.includes(backbone.name)) {
    throw new WeightsError(
      `weights: expected weights of ${backbone.name}, got ${name}, which are of ${registered.backbone}.`,
    );
  }
  const path = join(home, registered.file);
  const { tensors } = await readSafetensors(path).catch((cause: unknown) => {
    if (cause instanceof WeightsError) throw cause;
    throw new WeightsError(
      `weights: expected ${path}, got no such file. Import it: seedmask weights import FILE --name ${name}.`,
      { cause },
    );
  });
  return new Map([
    ...weightsFromStateDict(publishedParameters(backbone), tensors, path),
    ...initialWeights(backbone.fresh, random),
  ]);
}
