"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { signIn } from "./auth-client.ts";

/** Only a path of this site may follow a sign-in. */
const safePath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : "/");

export function LoginScreen() {
  const next = safePath(useSearchParams().get("next"));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(form: FormData): Promise<void> {
    setBusy(true);
    const outcome = await signIn(String(form.get("email")), String(form.get("password")));
    if (outcome.error === null) window.location.assign(next);
    else {
      setError(outcome.error);
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
      <h1 className="text-lg font-semibold">Sign in</h1>
      <Field label="E-mail">
        {(control) => (
          <Input {...control} name="email" type="email" autoComplete="username" required />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="current-password"
            required
          />
        )}
      </Field>
      {error ? (
        <p role="alert" className="text-sm text-red">
          {error}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size="large" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}
