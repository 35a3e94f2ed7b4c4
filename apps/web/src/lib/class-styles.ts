import { VOC_PALETTE } from "@seedmask/core/contract";
import { labelStyles } from "@seedmask/ui/maps/palette";
import type { LabelStyle } from "@seedmask/ui/maps/types";

/** Names and colours of background and classes; legend, overlay and tables read this one list. */
export const classStyles = (classNames: readonly string[]): LabelStyle[] =>
  labelStyles(classNames, VOC_PALETTE.slice(1, 255));
