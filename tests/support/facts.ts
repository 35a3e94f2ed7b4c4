import { z } from "zod";
import { READY_URL } from "./addresses.ts";

const factsSchema = z.object({
  home: z.string(),
  dataset: z.string(),
  folders: z.object({ good: z.string(), broken: z.string() }),
  run: z.string(),
  /** Key of an image of the evaluation split. */
  image: z.string(),
});

/** What serve-stack.ts has made. */
export const readFacts = async (): Promise<z.infer<typeof factsSchema>> =>
  factsSchema.parse(await (await fetch(READY_URL)).json());
