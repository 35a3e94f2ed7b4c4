/**
 * COCO run lengths: pixels of a binary mask column by column, counts of zeros and ones in turn,
 * zeros first.
 * @see cocoapi common/maskApi.c
 */

/** mask [height, width] row-major, non-zero = inside → run lengths, starting with zeros. */
export function encodeRle(mask: Uint8Array, height: number, width: number): number[] {
  const counts: number[] = [];
  let inside = false;
  let run = 0;
  for (let x = 0; x < width; x += 1) {
    for (let y = 0; y < height; y += 1) {
      if ((mask[y * width + x] !== 0) === inside) run += 1;
      else {
        counts.push(run);
        inside = !inside;
        run = 1;
      }
    }
  }
  counts.push(run);
  return counts;
}

/**
 * Run lengths → [height, width] row-major, 0 or 1.
 * @throws {RangeError} where the runs do not add up to the mask
 */
export function decodeRle(counts: readonly number[], height: number, width: number): Uint8Array {
  const mask = new Uint8Array(height * width);
  let at = 0;
  counts.forEach((count, run) => {
    const end = at + count;
    if (count < 0 || end > mask.length) {
      throw new RangeError(`run lengths pass the end of a ${width}×${height} mask`);
    }
    if (run % 2 === 1) {
      for (let i = at; i < end; i += 1) mask[(i % height) * width + Math.floor(i / height)] = 1;
    }
    at = end;
  });
  if (at !== mask.length) {
    throw new RangeError(
      `run lengths cover ${at} of ${mask.length} pixels of a ${width}×${height} mask`,
    );
  }
  return mask;
}

const FIRST_CHARACTER = 48;
const VALUE_BITS = 5;
const CONTINUES = 0x20;
const SIGN = 0x10;

/**
 * Run lengths → COCO's string: from the fourth on each count is written as the difference to the
 * one two before, in groups of 5 bits, lowest first, one character a group.
 */
export function rleToString(counts: readonly number[]): string {
  let text = "";
  counts.forEach((count, i) => {
    let rest = i > 2 ? count - counts[i - 2]! : count;
    let more = true;
    while (more) {
      const group = rest & 0x1f;
      rest >>= VALUE_BITS;
      more = (group & SIGN) === 0 ? rest !== 0 : rest !== -1;
      text += String.fromCodePoint((more ? group | CONTINUES : group) + FIRST_CHARACTER);
    }
  });
  return text;
}

/** @throws {RangeError} where a character is none of the alphabet or the text ends within a count */
export function rleFromString(text: string): number[] {
  const counts: number[] = [];
  let value = 0;
  let shift = 0;
  for (const character of text) {
    const group = character.codePointAt(0)! - FIRST_CHARACTER;
    if (group < 0 || group > 0x3f || shift > 30) {
      throw new RangeError(`"${character}" is no character of a compressed RLE`);
    }
    value |= (group & 0x1f) << shift;
    shift += VALUE_BITS;
    if ((group & CONTINUES) !== 0) continue;
    if ((group & SIGN) !== 0) value |= -1 << shift;
    counts.push(counts.length > 2 ? value + counts.at(-2)! : value);
    value = 0;
    shift = 0;
  }
  if (shift !== 0) throw new RangeError("a compressed RLE ends within a count");
  return counts;
}
