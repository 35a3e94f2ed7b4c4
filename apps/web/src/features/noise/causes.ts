import type { ErrorCause } from "@seedmask/core/contract";

export const CAUSE_TITLES: Readonly<Record<ErrorCause, string>> = {
  "missed-object": "Missed object",
  "ragged-boundary": "Ragged boundary",
  "wrong-class": "Wrong class",
  "spill-over": "Spill-over",
  "missed-part": "Missed part",
};

export const CAUSE_HELP: Readonly<Record<ErrorCause, string>> = {
  "missed-object": "less than a tenth of the object was found",
  "ragged-boundary": "right within 1 % of the image’s diagonal",
  "wrong-class": "one class given for another",
  "spill-over": "a class given to background",
  "missed-part": "background inside an object that was found",
};
