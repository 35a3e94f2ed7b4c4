import { z } from "zod";
import { artifactHashSchema } from "./artifact.ts";

/** `meta.provenance` of an artefact that no stage made. */
export const importProvenanceSchema = z.strictObject({
  source: z.literal("imported"),
  name: z.string().min(1).max(100),
  /** SHA-256 over image ids and the hashes of the files they came from. */
  sourceHash: z.string().regex(/^[0-9a-f]{64}$/),
});
export type ImportProvenance = z.infer<typeof importProvenanceSchema>;

/** How a config names what it takes in. */
export const importedFields = {
  name: importProvenanceSchema.shape.name.meta({
    title: "Name",
    help: "As given at the import; shown wherever the run says where its masks come from",
  }),
  artifact: artifactHashSchema.meta({
    title: "Artefact",
    help: "Hash that seedmask artifact import printed; seedmask artifact list has them all",
  }),
};
