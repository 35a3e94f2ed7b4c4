"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useState } from "react";
import { type AuthOutcome, changeName, changePassword } from "#features/entry/auth-client.ts";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { toast } from "#features/shell/toast.tsx";

export function Profile() {
  const account = useAccount();
  const [busy, setBusy] = useState(false);

  async function tell(work: Promise<AuthOutcome>, done: string): Promise<boolean> {
    setBusy(true);
    const { error } = await work;
    setBusy(false);
    if (error === null) toast.success(done);
    else toast.error(error);
    return error === null;
  }

  return (
    <Card title="Profile" description={`${account.email}, ${account.role}`}>
      <div className="grid items-start gap-6 sm:grid-cols-2">
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const name = String(new FormData(event.currentTarget).get("name")).trim();
            void tell(changeName(name), "Name changed");
          }}
        >
          <Field label="Name">
            {(control) => <Input {...control} name="name" defaultValue={account.name} required />}
          </Field>
          <Button type="submit" busy={busy} className="justify-self-start">
            Change name
          </Button>
        </form>
        <form
          className="grid gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            const form = event.currentTarget;
            const data = new FormData(form);
            const work = changePassword(String(data.get("current")), String(data.get("next")));
            void tell(work, "Password changed; other sessions ended").then(
              (ok) => ok && form.reset(),
            );
          }}
        >
          <Field label="Present password">
            {(control) => (
              <Input
                {...control}
                name="current"
                type="password"
                autoComplete="current-password"
                required
              />
            )}
          </Field>
          <Field label="New password" help="At least 10 characters">
            {(control) => (
              <Input
                {...control}
                name="next"
                type="password"
                autoComplete="new-password"
                minLength={10}
                required
              />
            )}
          </Field>
          <Button type="submit" busy={busy} className="justify-self-start">
            Change password
          </Button>
        </form>
      </div>
    </Card>
  );
}
