"use client";
import { useAccount } from "#features/shell/AccountContext.tsx";
import { mayAct } from "#features/shell/account.ts";
import { PageHeader } from "#features/shell/PageHeader.tsx";
import { Appearance } from "./Appearance.tsx";
import { Audit } from "./Audit.tsx";
import { Invitations } from "./Invitations.tsx";
import { Members } from "./Members.tsx";
import { Profile } from "./Profile.tsx";
import { ProjectExport } from "./ProjectExport.tsx";
import { Storage } from "./Storage.tsx";
import { Tokens } from "./Tokens.tsx";
import { Webhooks } from "./Webhooks.tsx";

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
        <Tokens />
        {mayAct(account, "admin") ? <Webhooks /> : null}
        {mayAct(account, "admin") ? <Storage /> : null}
        {mayAct(account, "admin") ? <ProjectExport /> : null}
        {mayAct(account, "admin") ? <Audit /> : null}
      </div>
    </>
  );
}
