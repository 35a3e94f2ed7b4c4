"use client";
import { createBundledFetch } from "@seedmask/ui/loading/bundle";
import { fetchAlone, setFileTransport } from "@seedmask/ui/loading/file-transport";
import { ThemeProvider } from "next-themes";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { bundleUrl, canBundle, FILES_A_BUNDLE } from "#lib/file-bundles.ts";
import { DataProvider } from "#trpc/client.tsx";

const Toaster = dynamic(() => import("./Toaster.tsx").then((file) => file.Toaster), { ssr: false });

setFileTransport(
  createBundledFetch({
    addressOf: bundleUrl,
    carries: canBundle,
    fetchBytes: fetchAlone,
    size: FILES_A_BUNDLE,
  }),
);

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
