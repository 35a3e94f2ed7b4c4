"use client";
import { createAuthClient } from "better-auth/react";

const client = createAuthClient();

export interface AuthOutcome {
  /** Sentence for the form; null where it went well. */
  readonly error: string | null;
}

interface Failure {
  readonly status: number;
  readonly message?: string | undefined;
}

function sentence(error: Failure | null): AuthOutcome {
  if (!error) return { error: null };
  if (error.status === 429) return { error: "Too many tries. Wait a minute and try again." };
  if (error.status === 401) return { error: "E-mail or password is not right." };
  return { error: error.message ?? "The server did not answer. Try again." };
}

export async function signIn(email: string, password: string): Promise<AuthOutcome> {
  const { error } = await client.signIn.email({ email, password });
  return sentence(error);
}

interface NewAccount {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly invitation?: string;
}

export async function signUp({ invitation, ...account }: NewAccount): Promise<AuthOutcome> {
  const headers = invitation ? { "x-seedmask-invitation": invitation } : undefined;
  const { error } = await client.signUp.email(account, headers ? { headers } : {});
  return sentence(error);
}

export async function signOut(): Promise<void> {
  await client.signOut();
}

export async function changePassword(current: string, next: string): Promise<AuthOutcome> {
  const { error } = await client.changePassword({
    currentPassword: current,
    newPassword: next,
    revokeOtherSessions: true,
  });
  return sentence(error);
}

export async function changeName(name: string): Promise<AuthOutcome> {
  const { error } = await client.updateUser({ name });
  return sentence(error);
}
