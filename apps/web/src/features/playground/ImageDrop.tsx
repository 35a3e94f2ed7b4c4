import { MAX_PREDICTION_BYTES } from "@seedmask/core/contract";
import { cx } from "@seedmask/ui/cx";
import { formatBytes } from "@seedmask/ui/format";
import { Button } from "@seedmask/ui/primitives/button";
import { Failed } from "@seedmask/ui/states/failed";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ImageUp } from "lucide-react";
import { type DragEvent, useRef, useState } from "react";
import { z } from "zod";
import { useTRPC } from "#trpc/client.tsx";

const answerSchema = z.object({ id: z.string() });

async function send(runId: string, file: File): Promise<string> {
  if (file.size > MAX_PREDICTION_BYTES) {
    throw new Error(
      `${file.name} has ${formatBytes(file.size)}; at most ${formatBytes(MAX_PREDICTION_BYTES)} are taken. Scale the image down.`,
    );
  }
  const query = new URLSearchParams({ run: runId, name: file.name.slice(0, 255) });
  const response = await fetch(`/api/predictions?${query}`, { method: "POST", body: file });
  if (!response.ok) throw new Error(await response.text());
  return answerSchema.parse(await response.json()).id;
}

interface ImageDropProps {
  readonly runId: string;
  readonly onSent: (predictionId: string) => void;
}

/** Where an image is dropped, or chosen with the button. */
export function ImageDrop({ runId, onSent }: ImageDropProps) {
  const trpc = useTRPC();
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const upload = useMutation({
    mutationFn: (file: File) => send(runId, file),
    onSuccess(id) {
      void client.invalidateQueries({ queryKey: trpc.predictions.mine.queryKey() });
      onSent(id);
    },
  });
  const take = (files: FileList | null): void => {
    const file = files?.[0];
    if (file) upload.mutate(file);
  };
  const drag = (event: DragEvent, inside: boolean): void => {
    event.preventDefault();
    setOver(inside);
  };
  return (
    <div className="grid gap-3">
      <section
        aria-label="Image to look at"
        onDragOver={(event) => drag(event, true)}
        onDragLeave={(event) => drag(event, false)}
        onDrop={(event) => {
          drag(event, false);
          take(event.dataTransfer.files);
        }}
        className={cx(
          "flex flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded-lg border border-dashed border-line-strong/60 px-4 py-6",
          over && "border-accent bg-accent-soft",
        )}
      >
        <ImageUp aria-hidden className="size-6 text-ink-3" />
        <p className="text-sm text-ink-2">Drop an image here, or</p>
        <Button variant="primary" busy={upload.isPending} onClick={() => input.current?.click()}>
          Choose an image
        </Button>
        <p className="text-xs text-ink-3">
          JPEG, PNG, WebP, TIFF or AVIF, at most {formatBytes(MAX_PREDICTION_BYTES)} and 64
          megapixels
        </p>
        <input
          ref={input}
          type="file"
          accept="image/*"
          aria-label="Image file"
          className="sr-only"
          tabIndex={-1}
          onChange={({ target }) => {
            take(target.files);
            target.value = "";
          }}
        />
      </section>
      {upload.isError && <Failed title="The image was not taken">{upload.error.message}</Failed>}
    </div>
  );
}
