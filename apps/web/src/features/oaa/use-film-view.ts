import type { ProbeImage } from "@seedmask/core/contract";
import { parseAsFloat, parseAsInteger, parseAsString, useQueryStates } from "nuqs";

interface FilmView {
  readonly image: ProbeImage;
  /** Position among the image's classes. */
  readonly plane: number;
  /** 0…E−1 */
  readonly epoch: number;
  readonly threshold: number;
}

export interface FilmActions {
  readonly chooseImage: (key: string) => void;
  readonly chooseClass: (classIndex: number) => void;
  readonly chooseEpoch: (epoch: number) => void;
  readonly setThreshold: (threshold: number) => void;
}

/** What is looked at, in the address: the last epoch of the first image where nothing else is said. */
export function useFilmView(images: readonly ProbeImage[], epochs: number): FilmView & FilmActions {
  const [state, set] = useQueryStates(
    {
      image: parseAsString,
      class: parseAsInteger,
      epoch: parseAsInteger,
      t: parseAsFloat.withDefault(0.3),
    },
    { throttleMs: 100 },
  );
  const image = images.find(({ key }) => key === state.image) ?? images[0]!;
  const plane = Math.max(0, image.labels.indexOf(state.class ?? -1));
  const epoch = Math.min(epochs, Math.max(1, state.epoch ?? epochs)) - 1;
  return {
    image,
    plane,
    epoch,
    threshold: Math.min(1, Math.max(0, state.t)),
    chooseImage: (key) => void set({ image: key, class: null }),
    chooseClass: (index) => void set({ class: index }),
    chooseEpoch: (next) => void set({ epoch: next + 1 }),
    setThreshold: (t) => void set({ t }),
  };
}
