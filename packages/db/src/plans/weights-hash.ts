import { findWeights, WEIGHTS_REGISTRY } from "@seedmask/core/plan";
import type { Disk } from "flydrive";
import { createHash } from "node:crypto";

/** Hashes of files that have not changed since: a backbone has hundreds of megabytes. */
const known = new Map<string, string>();

export interface FoundWeights {
  readonly hash: string | null;
  /** What to do about weights that are not there; null where they are, or none are named. */
  readonly missing: string | null;
}

/** Hash of the pretrained weights of a name, as the worker's cache knows them. */
export async function findWeightsHash(files: Disk, name: string | null): Promise<FoundWeights> {
  if (name === null) return { hash: null, missing: null };
  if (!Object.hasOwn(WEIGHTS_REGISTRY, name)) {
    const names = Object.keys(WEIGHTS_REGISTRY).join(", ");
    return { hash: null, missing: `There are no pretrained weights ${name}; there are ${names}.` };
  }
  const path = `weights/${findWeights(name).file}`;
  if (!(await files.exists(path))) {
    const missing = `The pretrained weights ${name} are not here. Import them: seedmask weights import FILE --name ${name}.`;
    return { hash: null, missing };
  }
  const { etag, contentLength, lastModified } = await files.getMetaData(path);
  const version = [path, etag, contentLength, lastModified.getTime()].join(" ");
  const hash = known.get(version) ?? sha256(await files.getBytes(path));
  known.set(version, hash);
  return { hash, missing: null };
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
