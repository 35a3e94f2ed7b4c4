"use client";
import { createContext, type ReactNode, use } from "react";
import type { Account } from "./account.ts";

const Context = createContext<Account | null>(null);

export const AccountProvider = ({
  account,
  children,
}: {
  readonly account: Account;
  readonly children: ReactNode;
}) => <Context value={account}>{children}</Context>;

/** Whoever is signed in; every screen of the dashboard has someone. */
export function useAccount(): Account {
  const account = use(Context);
  if (!account) throw new Error("useAccount: expected to be inside the dashboard's shell.");
  return account;
}
