"use client";
import { Card } from "@seedmask/ui/primitives/card";
import { Segmented } from "@seedmask/ui/primitives/segmented";
import { Skeleton } from "@seedmask/ui/primitives/skeleton";
import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useNow } from "#lib/use-now.ts";

export function Appearance() {
  const { theme, setTheme } = useTheme();
  const inBrowser = useNow() !== null;
  return (
    <Card title="Appearance">
      {inBrowser ? (
        <Segmented
          label="Theme"
          value={theme ?? "system"}
          onValueChange={setTheme}
          options={[
            { value: "system", label: "As the system", icon: <Monitor aria-hidden /> },
            { value: "light", label: "Light", icon: <Sun aria-hidden /> },
            { value: "dark", label: "Dark", icon: <Moon aria-hidden /> },
          ]}
        />
      ) : (
        <Skeleton className="h-8.5 w-72" />
      )}
    </Card>
  );
}
