import { XMLParser } from "fast-xml-parser";
import { z } from "zod";

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  isArray: (name) => name === "object",
});

const named = z.object({ name: z.string().transform((name) => name.trim()) });
/** An element without content is parsed as an empty text. */
const annotationSchema = z.object({
  annotation: z.union([
    z.literal("").transform(() => ({ object: [] })),
    z.object({ object: z.array(named).default([]) }),
  ]),
});

/**
 * Class names of the objects in a VOC annotation, difficult ones included.
 * @throws where the text is no such annotation
 */
export function objectNames(xml: string): string[] {
  const { annotation } = annotationSchema.parse(parser.parse(xml, true));
  return [...new Set(annotation.object.map(({ name }) => name.normalize("NFC")))];
}
