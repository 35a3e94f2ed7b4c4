import { type Actor, type Database, type EventFeed, hasRole, type Role } from "@seedmask/db";
import { initTRPC, TRPCError } from "@trpc/server";
import type { Disk } from "flydrive";
import superjson from "superjson";
import { toTrpcError } from "./errors.ts";

/** What every procedure receives. Tests build one by hand; requests get theirs from context.ts. */
export interface Context {
  readonly database: Database;
  readonly feed: () => Promise<EventFeed>;
  readonly files: Disk;
  /** Null where nobody is signed in. */
  readonly actor: (Actor & { readonly id: string; readonly email: string }) | null;
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
    .use(({ ctx, next }) => {
      if (!ctx.actor) throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in first." });
      if (!hasRole(ctx.actor, role)) {
        throw new TRPCError({
          code: "FORBIDDEN",
          message: `This needs the role ${role}; yours is ${ctx.actor.role}. Ask an admin of your team.`,
        });
      }
      return next({ ctx: { ...ctx, actor: ctx.actor } });
    });

export const viewerProcedure = procedureOf("viewer");
export const memberProcedure = procedureOf("member");
export const maintainerProcedure = procedureOf("maintainer");
export const adminProcedure = procedureOf("admin");
