"use client";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { signUp } from "./auth-client.ts";
import { EntryForm } from "./EntryForm.tsx";

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
  async function enter(form: FormData): Promise<string | null> {
    const password = String(form.get("password"));
    if (password.length < LEAST_PASSWORD) {
      return `The password needs at least ${LEAST_PASSWORD} characters.`;
    }
    const { error } = await signUp({
      name: String(form.get("name")).trim(),
      email: String(form.get("email")).trim(),
      password,
      ...(invitation ? { invitation } : {}),
    });
    return error;
  }

  return (
    <EntryForm action={action} enter={enter} next={next}>
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
    </EntryForm>
  );
}
