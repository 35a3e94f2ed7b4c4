"use client";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { Appearance } from "./Appearance.tsx";
import { Invitations } from "./Invitations.tsx";
import { Members } from "./Members.tsx";
import { Profile } from "./Profile.tsx";

export function SettingsScreen() {
  const account = useAccount();
  return (
    <>
      <PageHeader title="Settings" />
      <div className="grid max-w-4xl grid-cols-1 gap-5">
        <Profile />
        <Appearance />
        <Members />
        {mayAct(account, "admin") ? <Invitations /> : null}
      </div>
    </>
  );
}
