import { countUsers } from "@seedmask/db";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { SetupScreen } from "#features/entry/SetupScreen.tsx";
import { services } from "#server/services.ts";

export const metadata: Metadata = { title: "First start" };

export default async function SetupPage() {
  if ((await countUsers(services().database)) > 0) redirect("/login");
  return <SetupScreen />;
}
