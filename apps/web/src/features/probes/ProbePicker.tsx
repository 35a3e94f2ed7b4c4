import type { ProbeImage } from "@seedmask/core/contract";
import { cx } from "@seedmask/ui/cx";
import { thumbnailUrl } from "#lib/file-urls.ts";

interface ProbePickerProps {
  readonly dataset: string;
  readonly classes: readonly string[];
  readonly images: readonly ProbeImage[];
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
}

/** The images of the probe set, one of which is looked at. */
export const ProbePicker = ({ dataset, classes, images, chosen, onChoose }: ProbePickerProps) => (
  <section aria-label="Probe images" className="mb-4 min-w-0">
    <p className="mb-1.5 text-xs text-ink-3">
      {images.length} training {images.length === 1 ? "image" : "images"} kept on record, the same
      in every run on this dataset and split
    </p>
    <ul className="flex gap-1.5 overflow-x-auto pb-1.5">
      {images.map(({ key, id, labels }) => {
        const names = labels.map((label) => classes[label]).join(", ");
        return (
          <li key={key} className="shrink-0">
            <button
              type="button"
              aria-pressed={key === chosen}
              title={`${id}: ${names}`}
              onClick={() => onChoose(key)}
              className={cx(
                "block overflow-hidden rounded-md border-2 border-transparent hover:border-line-strong",
                key === chosen && "border-accent hover:border-accent",
              )}
            >
              <img
                src={thumbnailUrl(dataset, key)}
                alt={`${id}: ${names}`}
                loading="lazy"
                className="h-12 w-16 bg-sunken object-cover"
              />
            </button>
          </li>
        );
      })}
    </ul>
  </section>
);
