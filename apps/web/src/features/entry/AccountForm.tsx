"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useState } from "react";
import { signUp } from "./auth-client.ts";

const LEAST_PASSWORD = 10;

interface AccountFormProps {
  readonly action: string;
  readonly email?: string | null;
  readonly invitation?: string;
  /** Where to go once the account is made. */
  readonly next?: string;
}

/** Name, e-mail, password: the first admin and everyone invited fill in the same. */
export function AccountForm({ action, email, invitation, next = "/" }: AccountFormProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function submit(form: FormData): Promise<void> {
    const password = String(form.get("password"));
    if (password.length < LEAST_PASSWORD) {
      setError(`The password needs at least ${LEAST_PASSWORD} characters.`);
      return;
    }
    setBusy(true);
    const outcome = await signUp({
      name: String(form.get("name")).trim(),
      email: String(form.get("email")).trim(),
      password,
      ...(invitation ? { invitation } : {}),
    });
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
      <Field label="Name">
        {(control) => <Input {...control} name="name" autoComplete="name" required />}
      </Field>
      <Field label="E-mail">
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            required
            defaultValue={email ?? ""}
            readOnly={Boolean(email)}
          />
        )}
      </Field>
      <Field label="Password" help={`At least ${LEAST_PASSWORD} characters`}>
        {(control) => (
          <Input
            {...control}
            name="password"
            type="password"
            autoComplete="new-password"
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
        {action}
      </Button>
    </form>
  );
}
