"use client";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Progress } from "@seedmask/ui/primitives/progress";
import { useState } from "react";
import { z } from "zod";

const answerSchema = z.object({ path: z.string() });

/** Sends a file and says how far it is; fetch cannot tell the progress of a request. */
function upload(file: File, onProgress: (share: number) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(loaded / total));
    request.addEventListener("error", () => reject(new Error("The connection was lost.")));
    request.addEventListener("load", () => {
      if (request.status !== 200) return reject(new Error(request.responseText));
      return resolve(answerSchema.parse(JSON.parse(request.responseText)).path);
    });
    request.open("POST", "/api/uploads");
    request.send(file);
  });
}

/** A zip or tar from this computer; what it unpacks to is checked by the worker. */
export function ArchiveUpload({ onUploaded }: { readonly onUploaded: (path: string) => void }) {
  const [share, setShare] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);

  async function send(file: File): Promise<void> {
    setError(null);
    setShare(0);
    try {
      onUploaded(await upload(file, setShare));
    } catch (failure) {
      setError(failure instanceof Error ? failure.message : "The upload failed.");
    } finally {
      setShare(null);
    }
  }

  return (
    <div className="grid gap-2">
      <Field
        label="Archive from this computer"
        help="zip, tar or tar.gz; or give a path below"
        {...(error === null ? {} : { error })}
      >
        {(control) => (
          <Input
            {...control}
            type="file"
            accept=".zip,.tar,.tar.gz,.tgz"
            disabled={share !== null}
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file) void send(file);
            }}
          />
        )}
      </Field>
      {share === null ? null : <Progress value={share} label="Upload of the archive" />}
    </div>
  );
}
