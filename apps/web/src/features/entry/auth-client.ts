"use client";

export interface AuthOutcome {
  /** Sentence for the form; null where it went well. */
  readonly error: string | null;
}

const SILENT = "The server did not answer. Try again.";

async function messageOf(response: Response): Promise<string> {
  if (response.status === 429) return "Too many tries. Wait a minute and try again.";
  if (response.status === 401) return "E-mail or password is not right.";
  const answer: unknown = await response.json().catch(() => null);
  const said = typeof answer === "object" && answer !== null && "message" in answer;
  return said && typeof answer.message === "string" ? answer.message : SILENT;
}

/** Better Auth's endpoints by name: its own client would be a tenth of what a page may load. */
async function ask(path: string, body: object, headers: HeadersInit = {}): Promise<AuthOutcome> {
  const response = await fetch(`/api/auth/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response === null) return { error: SILENT };
  return { error: response.ok ? null : await messageOf(response) };
}

export const signIn = (email: string, password: string): Promise<AuthOutcome> =>
  ask("sign-in/email", { email, password });

interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly invitation?: string;
}

export const signUp = ({ invitation, ...account }: NewAccount): Promise<AuthOutcome> =>
  ask("sign-up/email", account, invitation ? { "x-seedmask-invitation": invitation } : {});

export const signOut = (): Promise<AuthOutcome> => ask("sign-out", {});

export const changePassword = (current: string, next: string): Promise<AuthOutcome> =>
  ask("change-password", {
    currentPassword: current,
    newPassword: next,
    revokeOtherSessions: true,
  });

export const changeName = (name: string): Promise<AuthOutcome> => ask("update-user", { name });
