import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { betterAuth } from "better-auth";
import { APIError } from "better-auth/api";
import { nextCookies } from "better-auth/next-js";
import {
  acceptInvitation,
  authDatabase,
  countUsers,
  type Database,
  findInvitation,
  promoteFirstUser,
} from "@seedmask/db";
import type { Env } from "#env.ts";
import { authSecret } from "./auth-secret.ts";

/** Header of a sign-up that carries the token of an invitation link. */
const INVITATION_HEADER = "x-seedmask-invitation";

/** Origins a request to this server may come from: the one it was addressed to. */
function ownOrigins(request: Request | undefined): string[] {
  const host = request?.headers.get("x-forwarded-host") ?? request?.headers.get("host");
  return host ? [`http://${host}`, `https://${host}`] : [];
}

/**
 * Sign-in by e-mail and password. The first account becomes the admin; after it, an account can only
 * be made with an invitation.
 */
export function createAuth(database: Database, env: Env) {
  const store = authDatabase(database);
  return betterAuth({
    appName: "Seedmask",
    ...(env.SEEDMASK_ORIGIN ? { baseURL: env.SEEDMASK_ORIGIN } : {}),
    secret: env.BETTER_AUTH_SECRET ?? authSecret(env.SEEDMASK_HOME),
    database: drizzleAdapter(store.drizzle, { provider: "pg", schema: store.schema }),
    trustedOrigins: (request) => ownOrigins(request),
    telemetry: { enabled: false },
    emailAndPassword: { enabled: true, minPasswordLength: 10, maxPasswordLength: 256 },
    user: {
      additionalFields: { role: { type: "string", input: false, defaultValue: "viewer" } },
    },
    session: { expiresIn: 30 * 86_400, updateAge: 86_400 },
    rateLimit: {
      enabled: true,
      storage: "database",
      window: 60,
      max: 300,
      customRules: {
        "/sign-in/email": { window: 60, max: 5 },
        "/sign-up/email": { window: 60, max: 5 },
      },
    },
    advanced: {
      useSecureCookies: env.SEEDMASK_ORIGIN?.startsWith("https://") ?? false,
      cookiePrefix: "seedmask",
      defaultCookieAttributes: { httpOnly: true, sameSite: "lax" },
    },
    databaseHooks: {
      user: {
        create: {
          before: async (user, context) => {
            if ((await countUsers(database)) === 0) return;
            const token = context?.headers?.get(INVITATION_HEADER);
            const invitation = token ? await findInvitation(database, token) : null;
            if (!invitation || (invitation.email && invitation.email !== user.email)) {
              throw new APIError("FORBIDDEN", {
                message: "Accounts are made by invitation. Ask an admin for a link.",
              });
            }
          },
          after: async (user, context) => {
            const token = context?.headers?.get(INVITATION_HEADER);
            if (await promoteFirstUser(database, user.id)) return;
            if (token) await acceptInvitation(database, { token, userId: user.id });
          },
        },
      },
    },
    plugins: [nextCookies()],
  });
}

export type Auth = ReturnType<typeof createAuth>;
