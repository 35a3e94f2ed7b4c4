"use client";
import { LOG_LEVEL_NAMES, type LogLevel, useLogView } from "./use-log-view.ts";
import { Button } from "@seedmask/ui/primitives/button";
import { Input } from "@seedmask/ui/primitives/input";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Switch } from "@seedmask/ui/primitives/switch";
import { Empty } from "@seedmask/ui/states/empty";
import { Failed } from "@seedmask/ui/states/failed";
import { Loading } from "@seedmask/ui/states/loading";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Download, Search } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { useTRPC } from "#trpc/client.tsx";
import { LogLines } from "./LogLines.tsx";

const LEVELS_FROM: Readonly<Record<LogLevel, LogLevel[]>> = {
  debug: ["debug", "info", "warning", "error"],
  info: ["info", "warning", "error"],
  warning: ["warning", "error"],
  error: ["error"],
};

/** The log of a run: searched on the server, a window at a time, a link for each line. */
export function LogsScreen({ runId }: { readonly runId: string }) {
  const trpc = useTRPC();
  const [view, setView] = useLogView();
  const [follows, setFollows] = useState(view.line === null);
  const query = useDeferredValue(view.q.trim());
  const log = useQuery({
    ...trpc.logs.search.queryOptions({
      runId,
      query: query || undefined,
      levels: LEVELS_FROM[view.level],
      ...(view.line === null ? {} : { around: view.line }),
    }),
    placeholderData: keepPreviousData,
  });

  function download(): void {
    const text = log.data?.lines
      .map(
        ({ at, level, stage, message }) =>
          `${at.toISOString()} ${level} ${stage ?? "-"} ${message}`,
      )
      .join("\n");
    const url = URL.createObjectURL(new Blob([`${text ?? ""}\n`], { type: "text/plain" }));
    const link = Object.assign(document.createElement("a"), {
      href: url,
      download: `${runId}.log`,
    });
    link.click();
    URL.revokeObjectURL(url);
  }

  return (
    <div className="grid grid-cols-1 gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <div className="w-full sm:w-72">
          <Input
            type="search"
            aria-label="Search the log"
            placeholder="Search the whole log"
            leading={<Search aria-hidden />}
            value={view.q}
            onChange={(event) => void setView({ q: event.target.value || null, line: null })}
          />
        </div>
        <Segmented
          label="Least level"
          value={view.level}
          onValueChange={(level) => void setView({ level })}
          options={LOG_LEVEL_NAMES.map((value) => ({ value, label: value }))}
        />
        <Switch label="Follow" checked={follows} onCheckedChange={setFollows} />
        <Button className="ml-auto" icon={<Download aria-hidden />} onClick={download}>
          Download
        </Button>
      </div>
      {log.isPending ? (
        <Loading label="Loading the log" shape="lines" count={12} />
      ) : log.isError ? (
        <Failed title="The log could not be read" onRetry={() => void log.refetch()}>
          {log.error.message}
        </Failed>
      ) : log.data.lines.length === 0 ? (
        <Empty title={query ? "No line matches" : "Nothing was said yet"} />
      ) : (
        <>
          <LogLines
            lines={log.data.lines}
            follows={follows}
            marked={view.line}
            onMark={(line) => {
              setFollows(false);
              void setView({ line });
            }}
          />
          <p className="text-xs text-ink-3 tabular-nums">
            {log.data.lines.length} lines shown
            {log.data.earlier ? "; there are earlier ones, search to find them" : ""}
          </p>
        </>
      )}
    </div>
  );
}
