import { ChevronLeft, ChevronRight, Scan, X, ZoomIn } from "lucide-react";
import { Dialog } from "radix-ui";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";
import { type Camera, type Point, WHOLE_IMAGE } from "../maps/camera.ts";
import { buttonStyle } from "../primitives/button.tsx";
import { IconButton } from "../primitives/icon-button.tsx";
import type { OverlayLayer } from "../maps/layers.ts";
import { ZoomView } from "./zoom-view.tsx";

export interface LightboxPicture {
  readonly src: string | null;
  /** Image pixels. */
  readonly width: number;
  readonly height: number;
  readonly layers: readonly OverlayLayer[];
  readonly description: string;
}

export interface LightboxProps {
  title: string;
  picture: LightboxPicture;
  /** Place among what is shown, from 0, and how many there are. */
  index: number;
  count: number;
  onIndexChange: (index: number) => void;
  onClose: () => void;
  /** Over the picture: layers, opacity. */
  toolbar?: ReactNode;
  /** Beside it (below it on a phone): facts, legend. */
  side?: ReactNode;
  onPoint?: (pixel: Point | null) => void;
  /** Keys that the lightbox itself does not take; return true when taken. */
  onKey?: (event: KeyboardEvent) => boolean;
}

/** Zoom at which one image pixel is about one pixel of a common screen. */
const CLOSE = 3;

/** One picture over the whole window. Zoom and place stay while stepping from image to image. */
export function Lightbox({
  title,
  picture,
  index,
  count,
  onIndexChange,
  onClose,
  toolbar,
  side,
  onPoint,
  onKey,
}: LightboxProps): ReactNode {
  const [camera, setCamera] = useState<Camera>(WHOLE_IMAGE);
  const opener = useRef<Element>(null);
  const step = (by: number): void => {
    const next = index + by;
    if (next >= 0 && next < count) onIndexChange(next);
  };
  const toggleZoom = (): void =>
    setCamera(camera.zoom > 1 ? WHOLE_IMAGE : { ...camera, zoom: CLOSE });
  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => step(1),
    ArrowLeft: () => step(-1),
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    z: toggleZoom,
    f: () => setCamera(WHOLE_IMAGE),
  };
  const press = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const own = keys[event.key];
    if (own !== undefined) own();
    else if (!onKey?.(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Content
          aria-describedby={undefined}
          onKeyDown={press}
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            opener.current = document.activeElement;
            if (event.currentTarget instanceof HTMLElement) event.currentTarget.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (opener.current instanceof HTMLElement) opener.current.focus();
          }}
          className="fixed inset-0 z-50 flex flex-col bg-page outline-none"
        >
          <header className="flex min-h-12 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line bg-surface px-3 py-1.5">
            <Dialog.Title className="min-w-0 flex-1 truncate text-sm font-semibold">
              {title}
            </Dialog.Title>
            <span className="text-xs text-ink-3 tabular-nums">
              {index + 1} of {count}
            </span>
            <IconButton
              label="Previous image"
              shortcut="←"
              icon={<ChevronLeft aria-hidden />}
              disabled={index === 0}
              onClick={() => step(-1)}
            />
            <IconButton
              label="Next image"
              shortcut="→"
              icon={<ChevronRight aria-hidden />}
              disabled={index >= count - 1}
              onClick={() => step(1)}
            />
            <IconButton
              label={camera.zoom > 1 ? "Whole image" : "Zoom in"}
              shortcut="Z"
              icon={camera.zoom > 1 ? <Scan aria-hidden /> : <ZoomIn aria-hidden />}
              onClick={toggleZoom}
            />
            <Dialog.Close
              aria-label="Close"
              className={buttonStyle({ variant: "quiet", size: "icon" })}
            >
              <X aria-hidden />
            </Dialog.Close>
          </header>
          <div className="flex min-h-0 flex-1 flex-col md:flex-row">
            <div className="flex min-h-0 min-w-0 flex-1 flex-col">
              {toolbar !== undefined && (
                <div className="border-b border-line bg-surface px-3 py-2">{toolbar}</div>
              )}
              <div className="min-h-0 flex-1 bg-sunken p-2">
                <ZoomView
                  {...picture}
                  camera={camera}
                  onCameraChange={setCamera}
                  {...(onPoint && { onPoint })}
                />
              </div>
            </div>
            {side !== undefined && (
              <aside className="max-h-[38vh] w-full shrink-0 overflow-y-auto border-t border-line bg-surface p-4 md:max-h-none md:w-80 md:border-t-0 md:border-l">
                {side}
              </aside>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
