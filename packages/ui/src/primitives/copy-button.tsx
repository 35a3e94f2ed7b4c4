import { Check, Copy } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { IconButton } from "./icon-button.tsx";

export interface CopyButtonProps {
  /** What goes to the clipboard. */
  value: string;
  /** "Copy run id". */
  label: string;
}

export function CopyButton({ value, label }: CopyButtonProps): ReactNode {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 1600);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(value);
      setState("copied");
    } catch {
      setState("refused");
    }
  };
  const words = { idle: label, copied: "Copied", refused: "The browser refused: copy by hand" };
  return (
    <IconButton
      size="icon-small"
      label={words[state]}
      icon={state === "copied" ? <Check aria-hidden /> : <Copy aria-hidden />}
      onClick={() => void copy()}
    />
  );
}
