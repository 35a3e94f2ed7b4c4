"use client";
import { WEBHOOK_EVENTS, type WebhookEvent } from "@seedmask/core/contract";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Checkbox } from "@seedmask/ui/primitives/checkbox";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Field } from "@seedmask/ui/primitives/field";
import { Input } from "@seedmask/ui/primitives/input";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { Deliveries } from "./Deliveries.tsx";

/** Addresses that are told how runs end. */
export function Webhooks() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [url, setUrl] = useState("");
  const [events, setEvents] = useState<readonly WebhookEvent[]>(WEBHOOK_EVENTS);
  const [shown, setShown] = useState<string | null>(null);
  const webhooks = useQuery(trpc.webhooks.list.queryOptions());
  const settled = {
    onSuccess: () => void queries.invalidateQueries({ queryKey: trpc.webhooks.pathKey() }),
    onError: (error: { message: string }) => void toast.error(error.message),
  };
  const create = useMutation(trpc.webhooks.create.mutationOptions(settled));
  const test = useMutation(trpc.webhooks.test.mutationOptions(settled));
  const setEnabled = useMutation(trpc.webhooks.setEnabled.mutationOptions(settled));
  const remove = useMutation(trpc.webhooks.remove.mutationOptions(settled));

  return (
    <Card title="Webhooks" description="A signed message to your address when a run ends.">
      <form
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          create.mutate({ url: url.trim(), events: [...events] });
        }}
      >
        <Field label="Address">
          {(control) => (
            <Input
              {...control}
              type="url"
              value={url}
              placeholder="https://"
              onChange={(event) => setUrl(event.target.value)}
            />
          )}
        </Field>
        <div className="flex flex-wrap gap-4">
          {WEBHOOK_EVENTS.map((name) => (
            <Checkbox
              key={name}
              checked={events.includes(name)}
              onCheckedChange={(on) =>
                setEvents(on ? [...events, name] : events.filter((one) => one !== name))
              }
              label={name}
            />
          ))}
        </div>
        <Button
          type="submit"
          variant="primary"
          className="justify-self-start"
          busy={create.isPending}
          disabled={url.trim() === "" || events.length === 0}
        >
          Add
        </Button>
      </form>
      {create.data ? (
        <div className="mt-4 grid gap-1 rounded-md bg-accent-soft px-3 py-2 text-sm" role="status">
          <p>The secret that signs its messages. Copy it now: it is not shown again.</p>
          <p className="flex items-center gap-2">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">{create.data.secret}</code>
            <CopyButton value={create.data.secret} label="Copy the secret" />
          </p>
        </div>
      ) : null}
      <ul className="mt-4 divide-y divide-line">
        {webhooks.data?.map((webhook) => (
          <li key={webhook.id} className="grid gap-2 py-2 text-sm">
            <div className="flex flex-wrap items-center gap-2">
              <span className="min-w-0 flex-1 font-medium break-all">{webhook.url}</span>
              <span className="text-ink-3">
                {webhook.enabled ? webhook.events.join(", ") : "off"}
              </span>
              <Button size="small" onClick={() => test.mutate({ id: webhook.id })}>
                Test
              </Button>
              <Button
                size="small"
                variant="quiet"
                onClick={() => setEnabled.mutate({ id: webhook.id, enabled: !webhook.enabled })}
              >
                {webhook.enabled ? "Switch off" : "Switch on"}
              </Button>
              <Button
                size="small"
                variant="quiet"
                aria-expanded={shown === webhook.id}
                onClick={() => setShown(shown === webhook.id ? null : webhook.id)}
              >
                Deliveries
              </Button>
              <Button
                size="small"
                variant="quiet"
                onClick={() => remove.mutate({ id: webhook.id })}
              >
                Remove
              </Button>
            </div>
            {shown === webhook.id ? <Deliveries webhookId={webhook.id} /> : null}
          </li>
        ))}
      </ul>
    </Card>
  );
}
