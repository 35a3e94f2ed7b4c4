import { buttonStyle } from "@seedmask/ui/primitives/button";
import { Link } from "#lib/link.tsx";
import { AccountForm } from "./AccountForm.tsx";

interface InviteScreenProps {
  readonly token: string;
  readonly invitation: { readonly role: string; readonly email: string | null } | null;
}

export function InviteScreen({ token, invitation }: InviteScreenProps) {
  if (!invitation) {
    return (
      <div className="grid gap-4">
        <h1 className="text-lg font-semibold">This invitation is over</h1>
        <p className="text-ink-2">
          It has expired, was withdrawn or has been used. Ask an admin of your team for a new link.
        </p>
        <Link href="/login" className={buttonStyle({ variant: "secondary", size: "medium" })}>
          Sign in
        </Link>
      </div>
    );
  }
  return (
    <div className="grid gap-4">
      <div>
        <h1 className="text-lg font-semibold">Join the team</h1>
        <p className="mt-1 text-ink-2">You were invited as {invitation.role}.</p>
      </div>
      <AccountForm action="Join" email={invitation.email} invitation={token} />
    </div>
  );
}
