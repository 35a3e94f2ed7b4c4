import {
  countUsers,
  createInvitation,
  findInvitation,
  listInvitations,
  listMembers,
  removeMember,
  revokeInvitation,
  ROLES,
  setUserRole,
} from "@seedmask/db";
import { z } from "zod";
import { adminProcedure, openProcedure, router, viewerProcedure } from "../trpc.ts";

export const peopleRouter = router({
  /** Whether the first account is made: before it the dashboard shows only its set-up page. */
  isSetUp: openProcedure.query(async ({ ctx }) => (await countUsers(ctx.database)) > 0),
  findInvitation: openProcedure
    .input(z.object({ token: z.string().max(200) }))
    .query(({ ctx, input }) => findInvitation(ctx.database, input.token)),

  me: viewerProcedure.query(({ ctx }) => ctx.actor),
  members: viewerProcedure.query(({ ctx }) => listMembers(ctx.database)),

  invitations: adminProcedure.query(({ ctx }) => listInvitations(ctx.database)),
  invite: adminProcedure
    .input(
      z.object({
        role: z.enum(ROLES),
        email: z.email().optional(),
        expiresInDays: z.int().min(1).max(90).optional(),
      }),
    )
    .mutation(({ ctx, input }) => createInvitation(ctx.database, { actor: ctx.actor, ...input })),
  revokeInvitation: adminProcedure
    .input(z.object({ id: z.string().max(64) }))
    .mutation(({ ctx, input }) => revokeInvitation(ctx.database, { actor: ctx.actor, ...input })),
  remove: adminProcedure
    .input(z.object({ userId: z.string().max(64) }))
    .mutation(({ ctx, input }) => removeMember(ctx.database, { actor: ctx.actor, ...input })),
  setRole: adminProcedure
    .input(z.object({ userId: z.string().max(64), role: z.enum(ROLES) }))
    .mutation(({ ctx, input }) => setUserRole(ctx.database, { actor: ctx.actor, ...input })),
});
