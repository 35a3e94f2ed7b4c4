import type { TokenScope } from "@seedmask/core/contract";
import { type Actor, type Database, type EventFeed, hasRole, type Role } from "@seedmask/db";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Disk } from "flydrive";
import superjson from "superjson";
import { scopeRefusal, TOKEN_ACCESS } from "./access.ts";
import { toTrpcError } from "./errors.ts";

/** Someone who signed in, or a token that acts for them within its scopes. */
export interface Account extends Actor {
  readonly id: string;
  readonly email: string;
  /** Null for a person. */
  readonly scopes: readonly TokenScope[] | null;
}

/** What every procedure receives. Tests build one by hand; requests get theirs from context.ts. */
export interface Context {
  readonly database: Database;
  readonly feed: () => Promise<EventFeed>;
  readonly files: Disk;
  /** Data home. */
  readonly home: string;
  /** Null where nobody is signed in. */
  readonly actor: Account | null;
  readonly reportError: (error: unknown, path: string) => void;
}

const t = initTRPC
  .context<Context>()
  .meta<{ readonly role: Role | "anyone" }>()
  .create({
    transformer: superjson,
    sse: {
      ping: { enabled: true, intervalMs: 5_000 },
      client: { reconnectAfterInactivityMs: 15_000 },
    },
    errorFormatter: ({ shape }) => ({
      ...shape,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, path: shape.data.path },
    }),
  });

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

const mapErrors = t.middleware(async ({ ctx, next, path }) => {
  const result = await next();
  if (result.ok) return result;
  const mapped = toTrpcError(result.error);
  if (mapped.code === "INTERNAL_SERVER_ERROR") ctx.reportError(mapped.cause ?? mapped, path);
  throw mapped;
});

/** Needs no account: the sign-in pages ask these. */
export const openProcedure = t.procedure.meta({ role: "anyone" }).use(mapErrors);

const procedureOf = (role: Role) =>
  t.procedure
    .meta({ role })
    .use(mapErrors)
    .use(({ ctx, next, path }) => {
      if (!ctx.actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
      if (!hasRole(ctx.actor, role)) {
        throw new TRPCError({
          code: "FORBIDDEN",
          message: `This needs the role ${role}; yours is ${ctx.actor.role}. Ask an admin of your team.`,
        });
      }
      const refusal = scopeRefusal(ctx.actor, TOKEN_ACCESS[path]);
      if (refusal) throw new TRPCError({ code: "FORBIDDEN", message: refusal });
      return next({ ctx: { ...ctx, actor: ctx.actor } });
    });

export const viewerProcedure = procedureOf("viewer");
export const memberProcedure = procedureOf("member");
export const maintainerProcedure = procedureOf("maintainer");
export const adminProcedure = procedureOf("admin");
