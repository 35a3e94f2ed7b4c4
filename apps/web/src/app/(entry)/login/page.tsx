import { countUsers } from "@seedmask/db";
import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { LoginScreen } from "#features/entry/LoginScreen.tsx";
import { services } from "#server/services.ts";
import { currentAccount } from "#server/session.ts";

export const metadata: Metadata = { title: "Sign in" };

export default async function LoginPage() {
  if (await currentAccount()) redirect("/");
  if ((await countUsers(services().database)) === 0) redirect("/setup");
  return <LoginScreen />;
}
