import type { TokenScope } from "@seedmask/core/contract";
import { type Role, ROLES } from "@seedmask/db";
import { z } from "zod";
import { TOKEN_ACCESS } from "./access.ts";
import { appRouter } from "./root.ts";

export interface ApiProcedure {
  readonly path: string;
  readonly type: "query" | "mutation" | "subscription";
  readonly scope: TokenScope;
  readonly role: Role;
  /** JSON Schema of its input; null where it takes none. */
  readonly input: object | null;
}

/** What tRPC keeps of a procedure; a procedure is a function with this beside it. */
const definitionSchema = z
  .custom<object>((value) => typeof value === "function")
  .transform((procedure) =>
    z
      .object({
        type: z.enum(["query", "mutation", "subscription"]),
        meta: z.object({ role: z.enum(ROLES) }),
        inputs: z.array(z.unknown()).default([]),
      })
      .parse(Reflect.get(procedure, "_def")),
  );

function inputOf(inputs: readonly unknown[]): object | null {
  const [first] = inputs;
  if (!(first instanceof z.ZodType)) return null;
  const { $schema: _schema, ...schema } = z.toJSONSchema(first, {
    io: "input",
    unrepresentable: "any",
  });
  return schema;
}

/** What a token may call, read off the routers themselves. */
export function apiProcedures(): ApiProcedure[] {
  return Object.entries(TOKEN_ACCESS)
    .map(([path, scope]) => {
      const procedure: unknown = Reflect.get(appRouter._def.procedures, path);
      const { type, meta, inputs } = definitionSchema.parse(procedure);
      return { path, type, scope, role: meta.role, input: inputOf(inputs) };
    })
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
}
