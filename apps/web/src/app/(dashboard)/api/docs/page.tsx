import type { Metadata } from "next";
import { ApiDocsScreen } from "#features/api-docs/Screen.tsx";
import { apiProcedures } from "#server/api-docs.ts";

export const metadata: Metadata = { title: "API" };

export default function ApiDocsPage() {
  return <ApiDocsScreen procedures={apiProcedures()} />;
}
