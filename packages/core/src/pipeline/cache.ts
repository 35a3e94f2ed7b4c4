import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type StageResult, stageResultSchema } from "../contract/index.ts";
import type { ArtifactStore } from "./artifact-store.ts";
import { writeWhole } from "./write-file.ts";

const fileOf = (home: string, cacheKey: string): string =>
  join(home, "stage-cache", `${cacheKey}.json`);

/** The earlier result under a key, if there is one and all its artefacts are still there. */
export async function findCached(
  { home, store }: { home: string; store: ArtifactStore },
  cacheKey: string,
): Promise<StageResult | null> {
  const text = await readFile(fileOf(home, cacheKey), "utf8").catch(() => null);
  if (text === null) return null;
  const parsed = stageResultSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return null;
  const there = await Promise.all(
    Object.values(parsed.data.outputs).map((hash) => store.has(hash)),
  );
  return there.every(Boolean) ? { ...parsed.data, cached: true } : null;
}

export const keepResult = (home: string, result: StageResult): Promise<void> =>
  writeWhole(fileOf(home, result.cacheKey), JSON.stringify(result));
