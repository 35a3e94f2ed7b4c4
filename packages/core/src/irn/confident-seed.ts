import { BACKGROUND, IGNORE_INDEX, type LabelMap } from "../contract/index.ts";

/**
 * Labels that both a strict and a lenient seed support.
 *
 * strict   [H, W]  refined seed of a high background (irn 0.30): what is foreground there is sure
 * lenient  [H, W]  refined seed of a low background (irn 0.05): what is background there is sure
 * returns  [H, W]  0, class index + 1, or 255 where neither is sure
 *
 * Empty case: background in both is background.
 * @see Ahn et al. 2019, section 3.2.1; irn step/cam_to_ir_label.py
 */
export function confidentSeed(strict: LabelMap, lenient: LabelMap): LabelMap {
  const data = strict.data.map((label, p) => {
    if (label !== BACKGROUND) return label;
    return lenient.data[p] === BACKGROUND ? BACKGROUND : IGNORE_INDEX;
  });
  return { ...strict, data };
}
