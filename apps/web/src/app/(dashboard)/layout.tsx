import { countUsers } from "@seedmask/db";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import type { ReactNode } from "react";
import { Shell } from "#features/shell/Shell.tsx";
import { services } from "#server/services.ts";
import { currentAccount } from "#server/session.ts";

export default async function DashboardLayout({ children }: { readonly children: ReactNode }) {
  const account = await currentAccount();
  if (!account) redirect((await countUsers(services().database)) === 0 ? "/setup" : "/login");
  const rail = (await cookies()).get("seedmask-rail")?.value;
  return (
    <Shell account={account} railCollapsed={rail === "narrow"}>
      {children}
    </Shell>
  );
}
