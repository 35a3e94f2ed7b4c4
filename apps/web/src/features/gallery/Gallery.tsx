"use client";
import { STAGE_TITLES } from "@seedmask/core/contract";
import { formatCount } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { ImageGrid } from "@seedmask/ui/segmentation/image-grid";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { NewData } from "@seedmask/ui/states/new-data";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { usePhone } from "#lib/use-media.ts";
import { useTRPC } from "#trpc/client.tsx";
import type { RouterOutputs } from "#trpc/types.ts";
import { DEFAULT_DISPLAY, LAYERS } from "./display.ts";
import { DisplayBar } from "./DisplayBar.tsx";
import { FilterBar } from "./FilterBar.tsx";
import { datasetStyles } from "./label-styles.ts";
import { scoresArtifact, sourcesOf } from "./sources.ts";
import { Tile } from "./Tile.tsx";
import { TileFiles, useTileBlocks } from "./TileFiles.tsx";
import { orderOf, useGalleryState } from "./use-gallery-state.ts";
import { useDisplayKeys } from "./use-display-keys.ts";
import { Viewer } from "./Viewer.tsx";

const PAGE = 120;

/** The wall of images of one stage and split, and the viewer over it. */
export function Gallery({ run }: { readonly run: RouterOutputs["runs"]["get"] }): ReactNode {
  const trpc = useTRPC();
  const [state, setState] = useGalleryState();
  const phone = usePhone();
  const [display, setDisplay] = useState(DEFAULT_DISPLAY);
  const [heatClass, setHeatClass] = useState<number | null>(null);
  const styles = useMemo(
    () => datasetStyles(run.dataset.classes, display.palette),
    [run.dataset.classes, display.palette],
  );
  const { evaluations } = run;
  const stages = useMemo(() => [...new Set(evaluations.map(({ stage }) => stage))], [evaluations]);
  // A stage that ends while one looks on is offered, not shown in place of what is looked at.
  const [openedWith] = useState(stages.at(-1));
  const stage = stages.find((one) => one === (state.stage ?? openedWith)) ?? stages.at(-1);
  const newer = state.stage === null && stages.at(-1) !== stage ? stages.at(-1) : undefined;
  const ofStage = evaluations.filter((one) => one.stage === stage);
  const current =
    ofStage.find(({ split }) => split === state.split) ?? ofStage.at(-1) ?? evaluations[0]!;
  const list = useInfiniteQuery(
    trpc.gallery.list.infiniteQueryOptions(
      {
        evaluationIds: [current.id],
        sort: orderOf(state.sort),
        limit: PAGE,
        withTotal: true,
        ...(state.label !== null && { label: state.label }),
        ...(state.has !== null && { has: state.has }),
        ...(state.lacks !== null && { lacks: state.lacks }),
        ...(state.min > 0 && { minIou: state.min }),
        ...(state.max < 1 && { maxIou: state.max }),
      },
      { getNextPageParam: (page) => page.next, placeholderData: keepPreviousData },
    ),
  );
  const images = useMemo(() => list.data?.pages.flatMap(({ rows }) => rows) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? images.length;
  const scores = scoresArtifact(run, current.stage);
  const dataset = run.dataset.hash;
  const sourcesFor = useCallback(
    ({ imageKey }: { imageKey: string }) => sourcesOf(dataset, imageKey, current.artifact, scores),
    [dataset, current.artifact, scores],
  );
  const showStage = useCallback(
    (position: number): void => {
      const next = stages[position];
      if (next !== undefined) void setState({ stage: next });
    },
    [stages, setState],
  );
  useDisplayKeys(state.image === null, display, setDisplay, showStage);
  const [blocks, followRange] = useTileBlocks();
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = list;
  const more = useCallback((): void => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [fetchNextPage, hasNextPage, isFetchingNextPage]);
  const opened = images.findIndex(({ imageKey }) => imageKey === state.image);
  const available = LAYERS.filter((layer) => layer !== "heat" || scores !== null);
  const reset = (): void => void setState({ label: null, has: null, lacks: null, min: 0, max: 1 });

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <FilterBar
          state={state}
          onChange={(change) => void setState(change)}
          evaluations={evaluations}
          current={current}
          styles={styles}
        />
        <p aria-live="polite" className="ml-auto text-xs text-ink-3 tabular-nums">
          {formatCount(images.length)} of {formatCount(total)} shown
          {total < current.images && ` · ${formatCount(current.images)} scored`}
        </p>
      </div>
      <DisplayBar display={display} onChange={setDisplay} available={available} />
      {list.isPending ? (
        <Loading label="Loading images" shape="tiles" count={12} />
      ) : list.isError && images.length === 0 ? (
        <Failed title="The images could not be listed" onRetry={() => void list.refetch()}>
          {list.error.message}
        </Failed>
      ) : images.length === 0 ? (
        <Empty title="No image matches" action={<Button onClick={reset}>Clear the filter</Button>}>
          No image of {current.split} fits these classes and this IoU range.
        </Empty>
      ) : (
        <div className="relative flex h-[80dvh] min-h-96 flex-col">
          {newer && (
            <NewData onShow={() => void setState({ stage: newer })}>
              {STAGE_TITLES[newer]} has masks now
            </NewData>
          )}
          <TileFiles
            dataset={dataset}
            images={images}
            blocks={blocks}
            layer={display.layer}
            sourcesFor={sourcesFor}
          />
          <ImageGrid
            label={`Images of ${current.split} after ${STAGE_TITLES[current.stage]}`}
            items={images}
            keyOf={({ imageKey, evaluationId }) => `${evaluationId}-${imageKey}`}
            onEndNear={more}
            onRange={followRange}
            tileWidth={phone ? 150 : 200}
            renderTile={(image) => (
              <Tile
                dataset={dataset}
                image={image}
                sources={sourcesFor(image)}
                display={display}
                styles={styles}
                heatClass={state.label === null || state.label === 0 ? heatClass : state.label - 1}
                onOpen={() => void setState({ image: image.imageKey })}
              />
            )}
          />
        </div>
      )}
      {opened >= 0 && (
        <Viewer
          runId={run.id}
          dataset={dataset}
          images={images}
          index={opened}
          sourcesFor={sourcesFor}
          display={display}
          onDisplayChange={setDisplay}
          available={available}
          styles={styles}
          stage={current.stage}
          stageTitle={`${STAGE_TITLES[current.stage]} · ${current.split}`}
          onStage={showStage}
          onIndexChange={(index) => {
            void setState({ image: images[index]?.imageKey ?? null });
            if (index >= images.length - 3) more();
          }}
          onClose={() => void setState({ image: null })}
          heatClass={heatClass}
          onHeatClass={(index) => {
            setHeatClass(index);
            if (scores !== null) setDisplay((old) => ({ ...old, layer: "heat" }));
          }}
        />
      )}
    </div>
  );
}
