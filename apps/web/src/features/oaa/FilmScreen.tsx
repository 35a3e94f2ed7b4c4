import type { accumulatedAttentionMetaSchema } from "@seedmask/core/contract";
import { useLabelMap } from "@seedmask/ui/loading/label-maps";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Slider } from "@seedmask/ui/primitives/slider";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { useMemo } from "react";
import type { z } from "zod";
import { truthUrl } from "#lib/file-urls.ts";
import { ProbePicker } from "../probes/ProbePicker.tsx";
import { useProbe } from "../probes/use-probes.ts";
import { EpochPictures } from "./EpochPictures.tsx";
import { FilmStrip } from "./FilmStrip.tsx";
import { filmOf, growthAt, tallyFilm } from "./film.ts";
import { GrowthCurve } from "./GrowthCurve.tsx";
import { useFilmView } from "./use-film-view.ts";

interface FilmScreenProps {
  readonly dataset: string;
  readonly artifact: string;
  readonly meta: z.infer<typeof accumulatedAttentionMetaSchema>;
}

export function FilmScreen({ dataset, artifact, meta }: FilmScreenProps) {
  return meta.images.length === 0 ? (
    <Empty title="No labelled training image">There was nothing to accumulate.</Empty>
  ) : (
    <Film dataset={dataset} artifact={artifact} meta={meta} />
  );
}

/** Pictures, strip and curves of one image and class. Everything follows the sliders with no request. */
function Film({ dataset, artifact, meta }: FilmScreenProps) {
  const { classes, images, epochs, skippedEpochs } = meta;
  const view = useFilmView(images, epochs);
  const { image, plane, epoch, threshold } = view;
  const probe = useProbe(artifact, image.key);
  const truth = useLabelMap(image.hasMask ? truthUrl(dataset, image.key) : null);
  const tensors = probe.status === "ready" ? probe.value : null;
  const film = useMemo(() => tensors && filmOf(tensors), [tensors]);
  const truthMap = truth.status === "ready" ? truth.value : null;
  const tally = useMemo(
    () =>
      film === null || truth.status === "loading" ? null : tallyFilm(film, plane, image, truthMap),
    [film, plane, image, truthMap, truth.status],
  );
  const growth = useMemo(() => tally && growthAt(tally, threshold), [tally, threshold]);
  const name = classes[image.labels[plane]!]!;

  return (
    <>
      <ProbePicker
        dataset={dataset}
        classes={classes}
        images={images}
        chosen={image.key}
        onChoose={view.chooseImage}
      />
      <div className="mb-4 flex flex-wrap items-center gap-x-6 gap-y-2">
        <Segmented
          label="Class"
          value={String(image.labels[plane])}
          onValueChange={(value) => view.chooseClass(Number(value))}
          options={image.labels.map((index) => ({ value: String(index), label: classes[index]! }))}
        />
        <Slider
          className="min-w-56 flex-1"
          label="Epoch"
          min={1}
          max={epochs}
          step={1}
          value={epoch + 1}
          onValueChange={(value) => view.chooseEpoch(value - 1)}
          format={(value) => `${value} of ${epochs}`}
        />
        <Slider
          className="min-w-56 flex-1"
          label="Covered above"
          step={0.01}
          value={threshold}
          onValueChange={view.setThreshold}
          format={(value) => value.toFixed(2)}
        />
      </div>
      {probe.status === "failed" ? (
        <Failed title="The maps of this image could not be read">{probe.message}</Failed>
      ) : film === null ? (
        <Loading label="Loading the maps" shape="tiles" count={2} />
      ) : (
        <div className="grid gap-4 xl:grid-cols-2">
          <EpochPictures
            dataset={dataset}
            image={image}
            film={film}
            plane={plane}
            epoch={epoch}
            threshold={threshold}
            className={name}
          />
          <GrowthCurve growth={growth} className={name} epoch={epoch} hasMask={image.hasMask} />
          <FilmStrip
            dataset={dataset}
            image={image}
            film={film}
            plane={plane}
            epoch={epoch}
            onEpoch={view.chooseEpoch}
            skippedEpochs={skippedEpochs}
            growth={growth}
          />
        </div>
      )}
    </>
  );
}
