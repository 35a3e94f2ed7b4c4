"use client";
import { Toaster } from "./toast.tsx";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { DataProvider } from "#trpc/client.tsx";

interface ProvidersProps {
  readonly nonce: string;
  readonly children: ReactNode;
}

export function Providers({ nonce, children }: ProvidersProps) {
  return (
    <ThemeProvider attribute="class" nonce={nonce} disableTransitionOnChange>
      <NuqsAdapter>
        <DataProvider>{children}</DataProvider>
      </NuqsAdapter>
      <Toaster />
    </ThemeProvider>
  );
}
