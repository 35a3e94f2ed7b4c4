"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { IconButton } from "@seedmask/ui/primitives/icon-button";
import { useQuery } from "@tanstack/react-query";
import { Circle, CircleCheck, X } from "lucide-react";
import { Link } from "#lib/link.tsx";
import { useState } from "react";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { useTRPC } from "#trpc/client.tsx";

const STORED = "seedmask-checklist";

const isDismissed = (): boolean =>
  typeof window !== "undefined" && window.localStorage.getItem(STORED) === "done";

/** The first things a team does, ticked off as they happen; gone when all are, or when it is closed. */
export function Checklist() {
  const trpc = useTRPC();
  const account = useAccount();
  const isAdmin = mayAct(account, "admin");
  const [closed, setClosed] = useState(isDismissed);
  const enabled = isAdmin && !closed;
  const datasets = useQuery({ ...trpc.datasets.list.queryOptions(), enabled });
  const counts = useQuery({ ...trpc.runs.counts.queryOptions(), enabled });
  const members = useQuery({ ...trpc.people.members.queryOptions(), enabled });
  const webhooks = useQuery({ ...trpc.webhooks.list.queryOptions(), enabled });
  const all = [datasets, counts, members, webhooks];
  if (!enabled || all.some(({ data }) => data === undefined)) return null;
  const steps = [
    {
      href: "/datasets/import",
      text: "Import your own data",
      done: datasets.data?.some(({ format }) => format !== "synthetic") ?? false,
    },
    {
      href: "/runs/new",
      text: "Finish a run",
      done: (counts.data?.succeeded ?? 0) > 0,
    },
    { href: "/settings", text: "Invite someone", done: (members.data?.length ?? 0) > 1 },
    {
      href: "/settings",
      text: "Be told when runs end, by webhook",
      done: (webhooks.data?.length ?? 0) > 0,
    },
  ];
  const done = steps.filter((step) => step.done).length;
  if (done === steps.length) return null;
  return (
    <Card
      title="First steps"
      description={`${done} of ${steps.length} done`}
      actions={
        <IconButton
          size="icon-small"
          label="Hide first steps"
          icon={<X aria-hidden />}
          onClick={() => {
            window.localStorage.setItem(STORED, "done");
            setClosed(true);
          }}
        />
      }
    >
      <ul className="grid gap-x-6 gap-y-2 text-sm sm:grid-cols-2">
        {steps.map(({ href, text, done: isDone }) => (
          <li key={text} className="flex items-center gap-2">
            {isDone ? (
              <CircleCheck aria-hidden className="size-4 shrink-0 text-green" />
            ) : (
              <Circle aria-hidden className="size-4 shrink-0 text-ink-3" />
            )}
            {isDone ? (
              <span className="text-ink-3">
                {text} <span className="sr-only">done</span>
              </span>
            ) : (
              <Link href={href} className="hover:underline">
                {text}
              </Link>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
