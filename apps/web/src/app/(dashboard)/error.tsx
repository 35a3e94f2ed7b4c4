"use client";
import { Failed } from "@seedmask/ui/states/failed";

interface ErrorPageProps {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

export default function ErrorPage({ error, reset }: ErrorPageProps) {
  return (
    <Failed title="This page could not be shown" onRetry={reset} errorId={error.digest}>
      {error.message}
    </Failed>
  );
}
