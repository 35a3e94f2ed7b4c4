import { findInvitation } from "@seedmask/db";
import type { Metadata } from "next";
import { InviteScreen } from "#features/entry/InviteScreen.tsx";
import { services } from "#server/services.ts";

export const metadata: Metadata = { title: "Invitation" };

interface InvitePageProps {
  readonly params: Promise<{ readonly token: string }>;
}

export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params;
  const invitation = await findInvitation(services().database, token);
  return <InviteScreen token={token} invitation={invitation} />;
}
