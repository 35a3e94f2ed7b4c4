"use client";
import { TOKEN_SCOPES, type TokenScope } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { Select } from "@seedmask/ui/primitives/select";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { KeyRound } from "lucide-react";
import { useState } from "react";
import { Age } from "#features/runs/Age.tsx";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";

const SCOPES = Object.entries(TOKEN_SCOPES) as [TokenScope, string][];
const EXPIRIES = [
  { value: "30", label: "30 days" },
  { value: "90", label: "90 days" },
  { value: "365", label: "1 year" },
  { value: "never", label: "never" },
] as const;
type Expiry = (typeof EXPIRIES)[number]["value"];

/** Tokens for CI; a new one is shown once. */
export function Tokens() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [name, setName] = useState("");
  const [scopes, setScopes] = useState<readonly TokenScope[]>(["run:read", "run:create"]);
  const [expiry, setExpiry] = useState<Expiry>("90");
  const tokens = useQuery(trpc.tokens.list.queryOptions());
  const settled = {
    onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.tokens.list.queryKey() }),
    onError: (error: { message: string }) => void toast.error(error.message),
  };
  const create = useMutation(trpc.tokens.create.mutationOptions(settled));
  const revoke = useMutation(trpc.tokens.revoke.mutationOptions(settled));

  return (
    <Card
      title="API tokens"
      description="For CI and scripts: a token acts for you, within its scopes."
    >
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          const expiresInDays = expiry === "never" ? null : Number(expiry);
          create.mutate({ name: name.trim(), scopes: [...scopes], expiresInDays });
        }}
      >
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Field label="Name">
            {(control) => (
              <Input {...control} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Field label="Expires">
            {(control) => (
              <Select {...control} value={expiry} onValueChange={setExpiry} options={EXPIRIES} />
            )}
          </Field>
        </div>
        <fieldset className="grid gap-2">
          <legend className="mb-2 text-sm font-medium">Scopes</legend>
          {SCOPES.map(([scope, what]) => (
            <Checkbox
              key={scope}
              checked={scopes.includes(scope)}
              onCheckedChange={(on) =>
                setScopes(on ? [...scopes, scope] : scopes.filter((one) => one !== scope))
              }
              label={`${scope}: ${what}`}
            />
          ))}
        </fieldset>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          icon={<KeyRound aria-hidden />}
          busy={create.isPending}
          disabled={name.trim() === "" || scopes.length === 0}
        >
          Make a token
        </Button>
      </form>
      {create.data ? (
        <div className="mt-4 grid gap-1 rounded-md bg-accent-soft px-3 py-2 text-sm" role="status">
          <p>Copy it now: it is not shown again.</p>
          <p className="flex items-center gap-2">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">{create.data.token}</code>
            <CopyButton value={create.data.token} label="Copy the token" />
          </p>
        </div>
      ) : null}
      {tokens.data && tokens.data.length > 0 ? (
        <ul className="mt-4 divide-y divide-line">
          {tokens.data.map((token) => (
            <li key={token.id} className="flex flex-wrap items-center gap-3 py-2 text-sm">
              <span className="font-medium">{token.name}</span>
              <code className="font-mono text-xs text-ink-3">{token.start}…</code>
              <span className="text-ink-3">{token.scopes.join(", ")}</span>
              <span className="flex-1 text-ink-3">
                {token.owner.name},{" "}
                {token.expiresAt === null
                  ? "never expires"
                  : `expires ${token.expiresAt.toISOString().slice(0, 10)}`}
                , {token.lastUsedAt ? "used " : "never used"}
                {token.lastUsedAt ? <Age at={token.lastUsedAt} /> : null}
              </span>
              <Button size="small" variant="quiet" onClick={() => revoke.mutate({ id: token.id })}>
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
    </Card>
  );
}
