import "server-only";
import { services } from "./services.ts";
import { accountOf } from "./session.ts";
import type { Context } from "./trpc.ts";

export async function createContext(headers: Headers): Promise<Context> {
  const { database, env, feed, files, log } = services();
  return {
    database,
    feed: () => feed,
    files,
    home: env.SEEDMASK_HOME,
    actor: await accountOf(headers),
    reportError: (error, path) => log.error({ err: error, path }, "procedure failed"),
  };
}
