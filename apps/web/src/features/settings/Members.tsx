"use client";
import { Button } from "@seedmask/ui/primitives/button";
import { Card } from "@seedmask/ui/primitives/card";
import { Confirm } from "@seedmask/ui/primitives/confirm";
import { Select } from "@seedmask/ui/primitives/select";
import {
  Table,
  TableBody,
  TableCell,
  TableHead,
  TableHeader,
  TableRow,
} from "@seedmask/ui/primitives/table";
import { Loading } from "@seedmask/ui/states/loading";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { Age } from "#features/runs/Age.tsx";
import { toast } from "#features/shell/toast.tsx";
import { useTRPC } from "#trpc/client.tsx";
import { ROLE_OPTIONS } from "./roles.ts";

export function Members() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const account = useAccount();
  const members = useQuery(trpc.people.members.queryOptions());
  const setRole = useMutation(
    trpc.people.setRole.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.people.pathKey() }),
      onError: (error) => void toast.error(error.message),
    }),
  );
  const [leaving, setLeaving] = useState<{ id: string; name: string } | null>(null);
  const remove = useMutation(
    trpc.people.remove.mutationOptions({
      onSuccess: () => queries.invalidateQueries({ queryKey: trpc.people.pathKey() }),
    }),
  );
  const isAdmin = mayAct(account, "admin");
  const admins = members.data?.filter(({ role }) => role === "admin").length ?? 0;
  const isLast = (role: string): boolean => role === "admin" && admins === 1;
  return (
    <Card title="Members">
      <Confirm
        open={leaving !== null}
        onOpenChange={(open) => setLeaving(open ? leaving : null)}
        title={`Remove ${leaving?.name ?? ""}?`}
        description="Sessions and tokens end at once. Runs and datasets stay."
        action="Remove"
        danger
        onConfirm={async () => {
          if (leaving) await remove.mutateAsync({ userId: leaving.id });
          setLeaving(null);
        }}
      />
      {members.isPending ? (
        <Loading label="Loading members" shape="rows" count={3} />
      ) : (
        <Table label="Members">
          <TableHead>
            <tr>
              <TableHeader>Name</TableHeader>
              <TableHeader>E-mail</TableHeader>
              <TableHeader>Role</TableHeader>
              <TableHeader align="right">Last seen</TableHeader>
              {isAdmin ? <TableHeader align="right">Remove</TableHeader> : null}
            </tr>
          </TableHead>
          <TableBody>
            {members.data?.map((member) => (
              <TableRow key={member.id}>
                <TableCell className="font-medium">{member.name}</TableCell>
                <TableCell>{member.email}</TableCell>
                <TableCell>
                  {isAdmin ? (
                    <Select
                      aria-label={`Role of ${member.name}`}
                      className="w-36"
                      disabled={isLast(member.role)}
                      value={member.role}
                      onValueChange={(role) => setRole.mutate({ userId: member.id, role })}
                      options={ROLE_OPTIONS}
                    />
                  ) : (
                    member.role
                  )}
                </TableCell>
                <TableCell align="right" className="whitespace-nowrap">
                  {member.lastSeenAt ? <Age at={member.lastSeenAt} /> : "never"}
                </TableCell>
                {isAdmin ? (
                  <TableCell align="right">
                    {isLast(member.role) ? (
                      <span className="text-xs whitespace-nowrap text-ink-3">the last admin</span>
                    ) : (
                      <Button size="small" variant="quiet" onClick={() => setLeaving(member)}>
                        Remove
                      </Button>
                    )}
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Card>
  );
}
