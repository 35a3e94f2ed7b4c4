"use client";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useSearchParams } from "next/navigation";
import { signIn } from "./auth-client.ts";
import { EntryForm } from "./EntryForm.tsx";

/** Only a path of this site may follow a sign-in. */
const safePath = (next: string | null): string => (next && /^\/(?![/\\])/.test(next) ? next : "/");

const enter = async (form: FormData): Promise<string | null> =>
  (await signIn(String(form.get("email")), String(form.get("password")))).error;

export function LoginScreen() {
  return (
    <EntryForm action="Sign in" enter={enter} next={safePath(useSearchParams().get("next"))}>
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
    </EntryForm>
  );
}
