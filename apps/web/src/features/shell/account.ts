import type { RouterOutputs } from "#trpc/types.ts";

export type Account = RouterOutputs["people"]["me"];
export type Role = Account["role"];

const ORDER: readonly Role[] = ["viewer", "member", "maintainer", "admin"];

/** What the screen offers; whether it may be done is decided on the server. */
export const mayAct = (account: Account, least: Role): boolean =>
  ORDER.indexOf(account.role) >= ORDER.indexOf(least);

export const mayChangeRun = (account: Account, owner: { readonly id: string } | null): boolean =>
  mayAct(account, "maintainer") || (mayAct(account, "member") && owner?.id === account.id);
