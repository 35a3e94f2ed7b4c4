import { DISTINCT_20, VOC_PALETTE } from "@seedmask/core/contract";
import { labelStyles } from "@seedmask/ui/maps/palette";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import type { PaletteName } from "./display.ts";

/** Names and colours of a dataset's labels, background first. */
export const datasetStyles = (classes: readonly string[], palette: PaletteName): LabelStyle[] =>
  labelStyles(classes, palette === "voc" ? VOC_PALETTE.slice(1) : DISTINCT_20);
