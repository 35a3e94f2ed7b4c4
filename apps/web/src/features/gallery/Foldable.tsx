import { Button } from "@seedmask/ui/primitives/button";
import { Popover } from "@seedmask/ui/primitives/popover";
import type { ReactNode } from "react";
import { usePhone } from "#lib/use-media.ts";

interface FoldableProps {
  readonly title: string;
  readonly icon: ReactNode;
  /** How many of the controls are not as they are by default. */
  readonly changed?: number;
  readonly children: ReactNode;
}

/** Controls in a row; on a phone behind one button, so that the pictures have the screen. */
export function Foldable({ title, icon, changed = 0, children }: FoldableProps): ReactNode {
  const phone = usePhone();
  if (!phone) return children;
  return (
    <Popover
      label={title}
      trigger={
        <Button icon={icon}>
          {title}
          {changed > 0 && <span className="tabular-nums"> · {changed}</span>}
        </Button>
      }
    >
      <div className="flex w-64 flex-col items-start gap-3">{children}</div>
    </Popover>
  );
}
