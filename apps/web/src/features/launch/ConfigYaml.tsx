"use client";
import { CopyButton } from "@seedmask/ui/primitives/copy-button";
import { TextArea } from "@seedmask/ui/primitives/input";
import { useRef, useState } from "react";
import { type ConfigProblem, readConfigYaml, writeConfigYaml } from "./config-yaml.ts";
import type { Draft } from "./use-draft.ts";

/** The config as text, both ways: paste one in, or copy this one out. */
export function ConfigYaml({ draft }: { readonly draft: Draft }) {
  const [text, setText] = useState(() => writeConfigYaml(draft.config));
  const [problems, setProblems] = useState<readonly ConfigProblem[]>(
    () => readConfigYaml(text).problems,
  );
  const area = useRef<HTMLTextAreaElement>(null);

  function onChange(next: string): void {
    setText(next);
    const read = readConfigYaml(next);
    setProblems(read.problems);
    if (read.value === undefined) draft.hold();
    else draft.replace(read.value);
  }
  function goTo(line: number): void {
    const lines = text.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const field = area.current;
    field?.focus();
    field?.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
    field?.scrollTo({ top: (field.scrollHeight / lines.length) * Math.max(0, line - 6) });
  }
  return (
    <div className="grid gap-2">
      <div className="flex items-center gap-2">
        <p className="flex-1 text-xs text-ink-3">The whole config. JSON is read as well.</p>
        <CopyButton value={text} label="Copy the config" />
      </div>
      <TextArea
        ref={area}
        aria-label="Config as YAML"
        aria-invalid={problems.length > 0 || undefined}
        spellCheck={false}
        className="h-[32rem] font-mono text-xs"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      <ul aria-label="Problems of the config" role="status" className="grid gap-1">
        {problems.map(({ line, field, message }) => (
          <li key={`${line} ${field} ${message}`} className="text-xs text-danger">
            <button
              type="button"
              className="min-h-6 font-medium tabular-nums underline"
              onClick={() => goTo(line)}
            >
              Line {line}
            </button>
            : {field === null ? null : <code className="font-mono">{field}: </code>}
            {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
