"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Dialog } from "@seedmask/ui/primitives/dialog";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import type { Run } from "./use-run.ts";

interface RenameDialogProps {
  readonly run: Run;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function RenameDialog({ run, open, onOpenChange }: RenameDialogProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [title, setTitle] = useState(run.title ?? "");
  const rename = useMutation(
    trpc.runs.rename.mutationOptions({
      onSuccess: () => {
        void queries.invalidateQueries({ queryKey: trpc.runs.pathKey() });
        onOpenChange(false);
      },
    }),
  );
  const form = "rename-run";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Rename run"
      width="narrow"
      footer={
        <Button type="submit" form={form} variant="primary" busy={rename.isPending}>
          Rename
        </Button>
      }
    >
      <form
        id={form}
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate({ runId: run.id, title });
        }}
      >
        <Field
          label="Title"
          help={`Empty shows the name again: ${run.name}`}
          error={rename.error?.message}
        >
          {(control) => (
            <Input
              {...control}
              value={title}
              maxLength={200}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
      </form>
    </Dialog>
  );
}
