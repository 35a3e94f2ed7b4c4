"use client";
import { TextArea } from "@seedmask/ui/primitives/input";
import { useState } from "react";
import type { Draft } from "./use-draft.ts";

/** The config as text, both ways: paste one in, or copy this one out. */
export function ConfigText({ draft }: { readonly draft: Draft }) {
  const [text, setText] = useState(() => JSON.stringify(draft.config, null, 2));
  const [broken, setBroken] = useState<string | null>(null);

  function onChange(next: string): void {
    setText(next);
    try {
      draft.replace(JSON.parse(next));
      setBroken(null);
    } catch (error) {
      setBroken(error instanceof Error ? error.message : String(error));
    }
  }
  return (
    <div className="grid gap-2">
      <TextArea
        aria-label="Config as JSON"
        aria-invalid={broken !== null || undefined}
        spellCheck={false}
        className="h-[32rem] font-mono text-xs"
        value={text}
        onChange={(event) => onChange(event.target.value)}
      />
      {broken ? (
        <p role="alert" className="text-xs text-danger">
          Not JSON: {broken}
        </p>
      ) : (
        [...draft.errors].map(([path, message]) => (
          <p key={path} role="alert" className="text-xs text-danger">
            <code className="font-mono">{path}</code>: {message}
          </p>
        ))
      )}
    </div>
  );
}
