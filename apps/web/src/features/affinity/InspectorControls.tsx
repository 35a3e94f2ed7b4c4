import { Button } from "@seedmask/ui/primitives/button";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Slider } from "@seedmask/ui/primitives/slider";
import { Pause, Play } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import type { InspectorView } from "./use-inspector-view.ts";

interface InspectorControlsProps {
  readonly view: InspectorView;
  /** Largest k of t = 2^k. */
  readonly longest: number;
  readonly ownBeta: number;
  readonly ownSteps: number;
}

const FRAME_MILLISECONDS = 700;

/** Ties or walk, how far it walks, and how sharp the ties are. */
export function InspectorControls({ view, longest, ownBeta, ownSteps }: InspectorControlsProps) {
  const { exponent, setExponent, beta, setBeta } = view;
  const [playing, setPlaying] = useState(false);
  const advance = useEffectEvent((): void => {
    const next = (exponent ?? -1) + 1;
    if (next <= longest) setExponent(next);
    else setPlaying(false);
  });
  useEffect(() => {
    if (!playing) return;
    const timer = setInterval(() => advance(), FRAME_MILLISECONDS);
    return () => clearInterval(timer);
  }, [playing]);
  const play = (): void => {
    if (!playing) setExponent(0);
    setPlaying(!playing);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-5 gap-y-2">
      <Segmented
        label="View"
        value={exponent === null ? "ties" : "walk"}
        onValueChange={(value) => setExponent(value === "ties" ? null : ownSteps)}
        options={[
          { value: "ties", label: "Ties" },
          { value: "walk", label: "Walk" },
        ]}
      />
      <Button size="small" icon={playing ? <Pause /> : <Play />} onClick={play}>
        {playing ? "Pause" : "Play the walk"}
      </Button>
      <Slider
        className="min-w-48 flex-1"
        label="Steps"
        min={0}
        max={longest}
        step={1}
        value={exponent ?? ownSteps}
        disabled={exponent === null}
        onValueChange={setExponent}
        format={(k) => `${2 ** k}${k === ownSteps ? " (run)" : ""}`}
      />
      <Slider
        className="min-w-48 flex-1"
        label="Beta"
        min={1}
        max={16}
        step={1}
        value={beta}
        onValueChange={setBeta}
        format={(value) => `${value}${value === ownBeta ? " (run)" : ""}`}
      />
    </div>
  );
}
