import {
  ArtifactError,
  classIndex,
  type DatasetImage,
  IGNORE_INDEX,
  type LabelMap,
  labelOfClass,
} from "../../contract/index.ts";

/**
 * A pseudo mask by the contract that our own keep: the size of its image, background, the image's own
 * classes, 255 for what training leaves out.
 *
 * @throws {ArtifactError} naming the file, the label and where it was met
 */
export function checkedMask(
  mask: LabelMap,
  {
    file,
    entry,
    classes,
  }: { readonly file: string; readonly entry: DatasetImage; readonly classes: readonly string[] },
): LabelMap {
  if (mask.height !== entry.height || mask.width !== entry.width) {
    throw new ArtifactError(
      `${file}: expected a mask of ${entry.width}×${entry.height}, the size of image ${entry.id}, got ${mask.width}×${mask.height}.`,
    );
  }
  const allowed = new Set<number>([
    0,
    IGNORE_INDEX,
    ...entry.labels.map((index) => labelOfClass(classIndex(index))),
  ]);
  const at = mask.data.findIndex((label) => !allowed.has(label));
  if (at < 0) return mask;
  const label = mask.data[at]!;
  const name = classes[label - 1];
  const what =
    name === undefined
      ? `${label}, which is no label (0 to ${classes.length}, and 255)`
      : `${label} (${name}), a class the image does not have`;
  throw new ArtifactError(
    `${file}: expected labels ${[...allowed].join(", ")} in image ${entry.id}, got ${what}, at x ${at % mask.width}, y ${Math.floor(at / mask.width)}.`,
  );
}
