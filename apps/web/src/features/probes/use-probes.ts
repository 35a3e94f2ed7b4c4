import { type ArtifactKind, probePath, type StageName } from "@seedmask/core/contract";
import { createResourceCache } from "@seedmask/ui/loading/resource-cache";
import { type Loaded, useResource } from "@seedmask/ui/loading/use-resource";
import { readSafetensors, type TensorView } from "@seedmask/ui/maps/safetensors";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import type { Run } from "#features/run/use-run.ts";
import { artifactFileUrl } from "#lib/file-urls.ts";

/** Where the record of a probe set stands. */
export type ProbeSet<Meta> =
  | { readonly status: "loading" }
  /** Its stage has not ended yet. */
  | { readonly status: "not-yet" }
  /** Its stage ended before records were kept. */
  | { readonly status: "not-kept" }
  | { readonly status: "failed"; readonly message: string; readonly retry: () => void }
  | { readonly status: "ready"; readonly artifact: string; readonly meta: Meta };

export interface ProbeSource {
  readonly stage: StageName;
  readonly kind: ArtifactKind;
}

/** The record a stage of the run kept of the probe set. */
export function useProbeSet<Meta>(
  run: Run,
  { stage, kind }: ProbeSource,
  schema: z.ZodType<Meta>,
): ProbeSet<Meta> {
  const made = run.stages.find((one) => one.stage === stage);
  const artifact = made?.outputs.find((output) => output.kind === kind)?.hash;
  const manifest = useQuery({
    queryKey: ["probe-set", artifact],
    enabled: artifact !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const response = await fetch(artifactFileUrl(artifact!, "manifest.json"), { signal });
      if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
      return z.object({ meta: schema }).parse(await response.json()).meta;
    },
  });
  if (artifact === undefined) {
    const ended = made?.status === "succeeded" || made?.status === "cached";
    return { status: ended ? "not-kept" : "not-yet" };
  }
  if (manifest.isError) {
    const { message } = manifest.error;
    return { status: "failed", message, retry: () => void manifest.refetch() };
  }
  if (manifest.isPending) return { status: "loading" };
  return { status: "ready", artifact, meta: manifest.data };
}

type Tensors = ReadonlyMap<string, TensorView>;

const probeCache = createResourceCache<Tensors>({
  decode: readSafetensors,
  bytesOf: (tensors) => [...tensors.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
  capacity: 64_000_000,
});

/** The arrays of a file; null asks for none. */
export const useFile = (url: string | null): Loaded<Tensors> => useResource(probeCache, url);

/** The arrays kept of one image. */
export const useProbe = (artifact: string, imageKey: string): Loaded<Tensors> =>
  useFile(artifactFileUrl(artifact, probePath(imageKey)));
