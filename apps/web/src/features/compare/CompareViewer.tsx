import { type Camera, WHOLE_IMAGE } from "@seedmask/ui/maps/camera";
import type { LabelStyle } from "@seedmask/ui/maps/types";
import { Dialog } from "@seedmask/ui/primitives/dialog";
import { IconButton } from "@seedmask/ui/primitives/icon-button";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, ChevronRight } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { type Display, displayAfterKey } from "../gallery/display.ts";
import type { Column } from "./columns.ts";
import type { ComparedImage } from "./use-compared-images.ts";
import { Blink, ColumnView, Difference, Framed, Swipe } from "./views.tsx";

const MODES = ["side", "swipe", "blink", "difference"] as const;
type Mode = (typeof MODES)[number];
const MODE_TITLES: Readonly<Record<Mode, string>> = {
  side: "Side by side",
  swipe: "Swipe",
  blink: "Blink",
  difference: "Difference",
};
const MODE_KEYS: Readonly<Record<string, Mode>> = {
  s: "side",
  w: "swipe",
  b: "blink",
  d: "difference",
};

export interface CompareViewerProps {
  readonly images: readonly ComparedImage[];
  readonly index: number;
  readonly columns: readonly Column[];
  readonly against: number;
  readonly display: Display;
  readonly onDisplayChange: (display: Display) => void;
  readonly styles: readonly LabelStyle[];
  readonly onIndexChange: (index: number) => void;
  readonly onClose: () => void;
}

/** One image of several columns at full size; zoom and place are one for all of them. */
export function CompareViewer(props: CompareViewerProps): ReactNode {
  const { images, index, columns, against, display, onDisplayChange, styles } = props;
  const trpc = useTRPC();
  const [mode, setMode] = useState<Mode>("side");
  const [camera, setCamera] = useState<Camera>(WHOLE_IMAGE);
  const image = images[index]!;
  const base = columns[0]!;
  const other = columns[against]!;
  const dataset = base.run.dataset.hash;
  const facts = useQuery(
    trpc.datasets.image.queryOptions({ dataset, key: image.imageKey }, { staleTime: Infinity }),
  );
  const step = (by: number): void => {
    const next = index + by;
    if (next >= 0 && next < images.length) props.onIndexChange(next);
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const asked = MODE_KEYS[event.key.toLowerCase()];
    const next = displayAfterKey(display, event.key);
    if (event.key === "ArrowRight") step(1);
    else if (event.key === "ArrowLeft") step(-1);
    else if (asked !== undefined) setMode(asked === mode ? "side" : asked);
    else if (next !== null) onDisplayChange(next);
    else return;
    event.preventDefault();
  };
  const view = {
    dataset,
    image,
    extent: facts.data,
    display,
    styles,
    camera,
    onCamera: setCamera,
  };
  return (
    <Dialog
      open
      width="full"
      onKeyDown={press}
      title={image.imageId}
      onOpenChange={(open) => !open && props.onClose()}
    >
      <div className="flex h-full flex-col gap-2 pb-3">
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Mode"
            value={mode}
            onValueChange={setMode}
            options={MODES.map((one) => ({
              value: one,
              label: MODE_TITLES[one],
              shortcut: (
                Object.entries(MODE_KEYS).find(([, to]) => to === one)?.[0] ?? ""
              ).toUpperCase(),
            }))}
          />
          <span className="ml-auto text-xs text-ink-3 tabular-nums">
            {index + 1} of {images.length}
          </span>
          <IconButton
            label="Previous image"
            shortcut="←"
            disabled={index === 0}
            icon={<ChevronLeft aria-hidden />}
            onClick={() => step(-1)}
          />
          <IconButton
            label="Next image"
            shortcut="→"
            disabled={index === images.length - 1}
            icon={<ChevronRight aria-hidden />}
            onClick={() => step(1)}
          />
        </div>
        {mode === "side" ? (
          <div className="grid min-h-0 flex-1 auto-rows-fr grid-cols-1 gap-2 sm:grid-cols-2 xl:grid-cols-3">
            {columns.map((column) => (
              <Framed key={column.key} title={column.title}>
                <ColumnView {...view} column={column} />
              </Framed>
            ))}
          </div>
        ) : mode === "swipe" ? (
          <Swipe {...view} base={base} other={other} />
        ) : mode === "blink" ? (
          <Blink {...view} base={base} other={other} />
        ) : (
          <Difference {...view} base={base} other={other} />
        )}
      </div>
    </Dialog>
  );
}
