"use client";
import { useTheme } from "next-themes";
import { Toaster as Sonner, toast } from "sonner";

export { toast };

/** What was done, or why not, in the corner; read aloud, gone after a few seconds. */
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
