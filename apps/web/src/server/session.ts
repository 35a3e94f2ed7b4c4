import "server-only";
import { findTokenBearer, ROLES } from "@seedmask/db";
import { headers } from "next/headers";
import { z } from "zod";
import { services } from "./services.ts";
import type { Account } from "./trpc.ts";

const roleSchema = z.enum(ROLES).catch("viewer");

const BEARER = /^bearer +(\S+)$/i;
export const bearerOf = (requestHeaders: Headers): string | null =>
  BEARER.exec(requestHeaders.get("authorization") ?? "")?.[1] ?? null;

/**
 * Who sent these headers, or null. The role is read anew each time: taking it away acts at once.
 * Where a token is sent nothing else counts, so that a wrong one is never covered by a cookie.
 */
export async function accountOf(requestHeaders: Headers): Promise<Account | null> {
  if (requestHeaders.has("authorization")) {
    const token = bearerOf(requestHeaders);
    return token === null ? null : findTokenBearer(services().database, token);
  }
  const session = await services().auth.api.getSession({ headers: requestHeaders });
  if (!session) return null;
  const { id, name, email, role } = session.user;
  return { id, name, email, role: roleSchema.parse(role), scopes: null };
}

export const currentAccount = async (): Promise<Account | null> => accountOf(await headers());
