import { COLOUR_MAPS } from "@seedmask/ui/maps/colour-map";
import { formatPercent } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { Kbd } from "@seedmask/ui/primitives/kbd";
import { Popover } from "@seedmask/ui/primitives/popover";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Slider } from "@seedmask/ui/primitives/slider";
import { Switch } from "@seedmask/ui/primitives/switch";
import { CircleHelp, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { usePhone } from "#lib/use-media.ts";
import { type Display, DISPLAY_KEYS, LAYER_TITLES, type LayerName, showLayer } from "./display.ts";

export interface DisplayBarProps {
  readonly display: Display;
  readonly onChange: (display: Display) => void;
  /** Layers that exist for what is shown. */
  readonly available: readonly LayerName[];
}

const SHORTCUTS: Readonly<Record<LayerName, string>> = {
  mask: "Space",
  truth: "G",
  difference: "D",
  heat: "H",
  none: "Space",
};

/** Which layer is over the photographs, how strongly, in which colours; on a phone one row of it. */
export function DisplayBar({ display, onChange, available }: DisplayBarProps): ReactNode {
  const phone = usePhone();
  const opacitySlider = (
    <Slider
      label="Opacity"
      className="w-52"
      value={display.opacity}
      step={0.05}
      format={(value) => formatPercent(value)}
      onValueChange={(opacity) => onChange({ ...display, opacity })}
    />
  );
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 max-md:flex-nowrap">
      <Segmented
        label="Layer"
        className="max-md:min-w-0 max-md:shrink"
        value={display.layer}
        onValueChange={(layer) => onChange(showLayer(display, layer))}
        options={available.map((layer) => ({
          value: layer,
          label: LAYER_TITLES[layer],
          shortcut: SHORTCUTS[layer],
        }))}
      />
      {!phone && opacitySlider}
      <Popover
        label={phone ? "Opacity, colours and outlines" : "Colours and outlines"}
        align={phone ? "end" : "start"}
        trigger={
          <Button size="small" icon={<SlidersHorizontal aria-hidden />}>
            {phone ? "Display" : "Colours"}
          </Button>
        }
      >
        <div className="flex w-72 flex-col gap-4">
          {phone && opacitySlider}
          <Choice title="Class colours">
            <Segmented
              label="Class colours"
              value={display.palette}
              onValueChange={(palette) => onChange({ ...display, palette })}
              options={[
                { value: "voc", label: "VOC" },
                { value: "distinct", label: "Distinct 20" },
              ]}
            />
          </Choice>
          <Choice title="Heat map">
            <Segmented
              label="Heat map colours"
              value={display.colours}
              onValueChange={(colours) => onChange({ ...display, colours })}
              options={COLOUR_MAPS.map((name) => ({ value: name, label: name }))}
            />
            {display.colours === "jet" && (
              <p className="text-xs text-ink-3">
                jet is uneven in lightness: it shows edges that are not in the data.
              </p>
            )}
          </Choice>
          <Switch
            label="Outlines"
            checked={display.outline}
            onCheckedChange={(outline) => onChange({ ...display, outline })}
          />
          <Switch
            label="Stretch heat maps per image"
            help="Colours then mean another value in every image"
            checked={display.stretch}
            onCheckedChange={(stretch) => onChange({ ...display, stretch })}
          />
        </div>
      </Popover>
      {!phone && <Keys />}
    </div>
  );
}

const Choice = ({ title, children }: { title: string; children: ReactNode }): ReactNode => (
  <div className="flex flex-col items-start gap-1.5">
    <p className="text-xs font-medium text-ink-2">{title}</p>
    {children}
  </div>
);

const Keys = (): ReactNode => (
  <Popover
    label="Keys"
    align="end"
    trigger={
      <Button variant="quiet" size="small" icon={<CircleHelp aria-hidden />}>
        Keys
      </Button>
    }
  >
    <dl className="grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1.5">
      {DISPLAY_KEYS.map(([keys, meaning]) => (
        <div key={keys} className="contents">
          <dt>
            <Kbd>{keys}</Kbd>
          </dt>
          <dd className="text-sm text-ink-2">{meaning}</dd>
        </div>
      ))}
    </dl>
  </Popover>
);
