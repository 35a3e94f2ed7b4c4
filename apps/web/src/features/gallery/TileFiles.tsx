import { labelMapCache } from "@seedmask/ui/loading/label-maps";
import { pictureCache } from "@seedmask/ui/loading/pictures";
import { prefetch } from "@seedmask/ui/loading/use-resource";
import { type ReactNode, useCallback, useEffect, useState } from "react";
import { thumbnailUrl } from "#lib/file-urls.ts";
import type { LayerName } from "./display.ts";
import type { LayerSources } from "./use-layers.ts";

/** Tiles whose files are fetched together: about two screens of a laptop. */
const BLOCK = 60;

interface TileFilesProps<Image> {
  readonly dataset: string;
  readonly images: readonly Image[];
  readonly blocks: readonly number[];
  readonly layer: LayerName;
  readonly sourcesFor: (image: Image) => LayerSources;
}

/** The blocks of which a tile exists, and what the grid tells of it. */
export function useTileBlocks(): [readonly number[], (first: number, last: number) => void] {
  const [[from, to], setEnds] = useState<readonly [number, number]>([0, -1]);
  const follow = useCallback((first: number, last: number): void => {
    const ends = [Math.floor(first / BLOCK), Math.floor(last / BLOCK)] as const;
    setEnds((old) => (old[0] === ends[0] && old[1] === ends[1] ? old : ends));
  }, []);
  const blocks = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  return [blocks, follow];
}

/** Thumbnails and masks of whole blocks, one request a block; those scrolled past are cancelled. */
export function TileFiles<Image extends { readonly imageKey: string }>({
  blocks,
  images,
  dataset,
  layer,
  sourcesFor,
}: TileFilesProps<Image>): ReactNode {
  return blocks.map((block) => {
    const tiles = images.slice(block * BLOCK, (block + 1) * BLOCK);
    const pictures = tiles.map(({ imageKey }) => thumbnailUrl(dataset, imageKey));
    const masks = tiles.flatMap((image) => {
      const { mask, truth } = sourcesFor(image);
      const wanted = {
        mask: [mask],
        truth: [truth],
        difference: [mask, truth],
        heat: [],
        none: [],
      };
      return wanted[layer].filter((url) => url !== null);
    });
    return <BlockFiles key={block} pictures={pictures.join(" ")} masks={masks.join(" ")} />;
  });
}

/** Addresses come joined, so that an equal list is an equal property. */
function BlockFiles({ pictures, masks }: { pictures: string; masks: string }): ReactNode {
  useEffect(() => {
    const interest = new AbortController();
    const split = (joined: string): string[] => joined.split(" ").filter(Boolean);
    prefetch(pictureCache, split(pictures), interest.signal);
    prefetch(labelMapCache, split(masks), interest.signal);
    return () => interest.abort();
  }, [pictures, masks]);
  return null;
}
