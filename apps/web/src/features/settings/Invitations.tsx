"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { Select } from "@seedmask/ui/primitives/select";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Link2 } from "lucide-react";
import { useState } from "react";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { ROLE_OPTIONS, type RoleName } from "./roles.ts";

/** Links that let one person join each; the newest is shown once, with its token. */
export function Invitations() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [role, setRole] = useState<RoleName>("member");
  const open = useQuery(trpc.people.invitations.queryOptions());
  const settled = {
    onSuccess: () =>
      void queries.invalidateQueries({ queryKey: trpc.people.invitations.queryKey() }),
    onError: (error: { message: string }) => void toast.error(error.message),
  };
  const invite = useMutation(trpc.people.invite.mutationOptions(settled));
  const revoke = useMutation(trpc.people.revokeInvitation.mutationOptions(settled));
  const link = invite.data ? `${window.location.origin}/invite/${invite.data.token}` : null;

  return (
    <Card title="Invitations" description="A link for one person; it works once, for seven days.">
      <div className="grid gap-4">
        <div className="flex flex-wrap items-center gap-2">
          <Select
            aria-label="Role of the invited"
            className="w-40"
            value={role}
            onValueChange={setRole}
            options={ROLE_OPTIONS}
          />
          <Button
            variant="primary"
            icon={<Link2 aria-hidden />}
            busy={invite.isPending}
            onClick={() => invite.mutate({ role })}
          >
            Make a link
          </Button>
        </div>
        {link ? (
          <p className="flex items-center gap-2 rounded-md bg-accent-soft px-3 py-2 text-sm">
            <code className="min-w-0 flex-1 font-mono text-xs break-all">{link}</code>
            <CopyButton value={link} label="Copy the link" />
          </p>
        ) : null}
        {open.data && open.data.length > 0 ? (
          <ul className="divide-y divide-line">
            {open.data.map(({ id, role: offered, expiresAt }) => (
              <li key={id} className="flex items-center gap-3 py-2 text-sm">
                <span className="font-medium">{offered}</span>
                <span className="flex-1 text-ink-3">
                  until {expiresAt.toISOString().slice(0, 10)}
                </span>
                <Button size="small" variant="quiet" onClick={() => revoke.mutate({ id })}>
                  Withdraw
                </Button>
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Card>
  );
}
