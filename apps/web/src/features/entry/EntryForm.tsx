"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { type ReactNode, useState } from "react";

interface EntryFormProps {
  /** What the button says. */
  readonly action: string;
  /** Lets somebody in; says why not, or null. */
  readonly enter: (form: FormData) => Promise<string | null>;
  /** Where to go from there. */
  readonly next: string;
  readonly children: ReactNode;
}

/** The fields of a way in, what went wrong with them, and the button. */
export function EntryForm({ action, enter, next, children }: EntryFormProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(form: FormData): Promise<void> {
    setBusy(true);
    const reason = await enter(form);
    if (reason === null) window.location.assign(next);
    else {
      setError(reason);
      setBusy(false);
    }
  }

  return (
    <form
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}
    >
      {children}
      {error ? (
        <p role="alert" className="text-sm text-red">
          {error}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="large" busy={busy}>
        {action}
      </Button>
    </form>
  );
}
