import { Segmented } from "@seedmask/ui/primitives/segmented";
import { ImageGrid } from "@seedmask/ui/segmentation/image-grid";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { DEFAULT_DISPLAY } from "../gallery/display.ts";
import { DisplayBar } from "../gallery/DisplayBar.tsx";
import { datasetStyles } from "../gallery/label-styles.ts";
import { useDisplayKeys } from "../gallery/use-display-keys.ts";
import type { Column } from "./columns.ts";
import { CompareRow } from "./CompareRow.tsx";
import { CompareViewer } from "./CompareViewer.tsx";
import { useComparedImages } from "./use-compared-images.ts";
import type { useCompareState } from "./use-compare-state.ts";

type State = ReturnType<typeof useCompareState>[0];

export interface CompareRowsProps {
  readonly columns: readonly Column[];
  readonly against: number;
  readonly state: State;
  readonly onChange: (change: Partial<State>) => void;
}

/** Rows = images, columns = run × stage: the same image, everywhere, at once. */
export function CompareRows({ columns, against, state, onChange }: CompareRowsProps): ReactNode {
  const [display, setDisplay] = useState(DEFAULT_DISPLAY);
  const base = columns[0]!;
  const other = columns[against]!;
  const { classes } = base.run.dataset;
  const styles = useMemo(() => datasetStyles(classes, display.palette), [classes, display.palette]);
  const list = useComparedImages(base, other, state.rows, state.label);
  const ignoreStage = useCallback((): void => undefined, []);
  useDisplayKeys(state.image === null, display, setDisplay, ignoreStage);
  const opened = list.images.findIndex(({ imageKey }) => imageKey === state.image);
  return (
    <section aria-label="Images" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Segmented
          label="Rows"
          value={state.rows}
          onValueChange={(rows) => onChange({ rows })}
          options={[
            { value: "gained", label: "Biggest winners" },
            { value: "lost", label: "Biggest losers" },
            { value: "name", label: "By name" },
          ]}
        />
        <p aria-live="polite" className="ml-auto text-xs text-ink-3 tabular-nums">
          {list.images.length}
          {list.more ? " shown, more as you scroll" : " of all shown"}
          {state.label !== null && `, IoU of ${styles[state.label]?.name ?? state.label}`}
        </p>
      </div>
      <DisplayBar
        display={display}
        onChange={setDisplay}
        available={["mask", "truth", "difference", "none"]}
      />
      {list.status === "pending" ? (
        <Loading label="Loading images" shape="rows" />
      ) : list.status === "error" ? (
        <Failed title="The images could not be listed" onRetry={list.retry}>
          {list.message}
        </Failed>
      ) : list.images.length === 0 ? (
        <Empty title="No image in common">
          Both columns must have scored the same images of the same dataset version.
        </Empty>
      ) : (
        <ImageGrid
          className="h-[70vh]"
          label="Images compared"
          items={list.images}
          keyOf={({ imageKey }) => imageKey}
          tileWidth={100_000}
          aspect={0.75 / (columns.length + 1)}
          footerHeight={48}
          overscan={1}
          onEndNear={list.loadMore}
          renderTile={(image) => (
            <CompareRow
              image={image}
              columns={columns}
              against={against}
              display={display}
              styles={styles}
              onOpen={() => onChange({ image: image.imageKey })}
            />
          )}
        />
      )}
      {opened >= 0 && (
        <CompareViewer
          images={list.images}
          index={opened}
          columns={columns}
          against={against}
          display={display}
          onDisplayChange={setDisplay}
          styles={styles}
          onIndexChange={(index) => onChange({ image: list.images[index]?.imageKey ?? null })}
          onClose={() => onChange({ image: null })}
        />
      )}
    </section>
  );
}
