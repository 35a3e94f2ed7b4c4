import {
  parseAsFloat,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
} from "nuqs";

export const SORTS = ["worst", "best", "name"] as const;
export type GallerySort = (typeof SORTS)[number];

/** What the gallery shows, in the address: survives reload and can be sent to a colleague. */
export const useGalleryState = () =>
  useQueryStates(
    {
      stage: parseAsString,
      split: parseAsString,
      /** Label id. */
      label: parseAsInteger,
      /** Classes the image is labelled with, and is not. */
      has: parseAsInteger,
      lacks: parseAsInteger,
      sort: parseAsStringLiteral(SORTS).withDefault("worst"),
      min: parseAsFloat.withDefault(0),
      max: parseAsFloat.withDefault(1),
      /** Key of the image in the lightbox. */
      image: parseAsString,
    },
    { history: "replace", clearOnDefault: true },
  );

export type GalleryState = ReturnType<typeof useGalleryState>[0];

/** The order the server is asked for. */
export const orderOf = (sort: GallerySort): { by: "iou" | "id"; direction: "asc" | "desc" } =>
  sort === "name"
    ? { by: "id", direction: "asc" }
    : { by: "iou", direction: sort === "worst" ? "asc" : "desc" };
