"use client";
import { useTheme } from "next-themes";
import { Toaster as Sonner } from "sonner";

/** Where toasts appear. */
export function Toaster() {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === "dark" ? "dark" : "light"}
      position="bottom-right"
      toastOptions={{
        style: {
          background: "var(--sm-raised)",
          color: "var(--sm-ink)",
          borderColor: "var(--sm-line)",
          fontFamily: "var(--font-sans)",
        },
      }}
    />
  );
}
