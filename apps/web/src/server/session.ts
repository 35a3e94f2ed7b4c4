import "server-only";
import { type Actor, ROLES } from "@seedmask/db";
import { headers } from "next/headers";
import { z } from "zod";
import { services } from "./services.ts";

const roleSchema = z.enum(ROLES).catch("viewer");

export interface Account extends Actor {
  readonly id: string;
  readonly email: string;
}

/** Who sent these headers, or null. The role is read anew each time: taking it away acts at once. */
export async function accountOf(requestHeaders: Headers): Promise<Account | null> {
  const session = await services().auth.api.getSession({ headers: requestHeaders });
  if (!session) return null;
  const { id, name, email, role } = session.user;
  return { id, name, email, role: roleSchema.parse(role) };
}

export const currentAccount = async (): Promise<Account | null> => accountOf(await headers());
