import type { ProbeImage } from "@seedmask/core/contract";
import type { GridCell } from "@seedmask/ui/maps/types";
import { parseAsInteger, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type Module, MODULES, type Transform, TRANSFORMS } from "./views.ts";

export interface SeamView {
  readonly image: ProbeImage;
  /** Position among the image's classes. */
  readonly plane: number;
  readonly transform: Transform;
  readonly module: Module;
  /** Null until one was chosen. */
  readonly cell: GridCell | null;
  readonly chooseImage: (key: string) => void;
  readonly chooseClass: (classIndex: number) => void;
  readonly chooseTransform: (transform: Transform) => void;
  readonly chooseModule: (module: Module) => void;
  readonly chooseCell: (cell: GridCell) => void;
}

/** What is looked at, in the address. */
export function useSeamView(images: readonly ProbeImage[]): SeamView {
  const [state, set] = useQueryStates({
    image: parseAsString,
    class: parseAsInteger,
    transform: parseAsStringLiteral(TRANSFORMS).withDefault("rescale"),
    maps: parseAsStringLiteral(MODULES).withDefault("cam"),
    row: parseAsInteger,
    column: parseAsInteger,
  });
  const { row, column } = state;
  const image = images.find(({ key }) => key === state.image) ?? images[0]!;
  return {
    image,
    plane: Math.max(0, image.labels.indexOf(state.class ?? -1)),
    transform: state.transform,
    module: state.maps,
    cell: row === null || column === null ? null : { row, column },
    chooseImage: (key) => void set({ image: key, class: null, row: null, column: null }),
    chooseClass: (index) => void set({ class: index }),
    chooseTransform: (transform) => void set({ transform }),
    chooseModule: (module) => void set({ maps: module }),
    chooseCell: (cell) => void set({ ...cell }),
  };
}
