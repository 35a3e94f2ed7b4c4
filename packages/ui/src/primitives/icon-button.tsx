import type { ReactNode } from "react";
import { Button, type ButtonProps } from "./button.tsx";
import { Tooltip } from "./tooltip.tsx";

export interface IconButtonProps extends Omit<ButtonProps, "children" | "icon" | "aria-label"> {
  /** Name for the screen reader, and the tooltip. */
  label: string;
  /** Key that does the same, shown in the tooltip. */
  shortcut?: string;
  icon: ReactNode;
}

export function IconButton({
  label,
  shortcut,
  icon,
  variant = "quiet",
  size = "icon",
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <Tooltip text={label} shortcut={shortcut}>
      <Button
        aria-label={label}
        aria-keyshortcuts={shortcut}
        variant={variant}
        size={size}
        icon={icon}
        {...rest}
      />
    </Tooltip>
  );
}
