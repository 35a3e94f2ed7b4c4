import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import type { Database } from "../client.ts";

export interface Listener {
  readonly close: () => Promise<void>;
}

export interface ListenOptions {
  readonly channel: string;
  readonly onNotice: (payload: string) => void;
  /** Called after each time the connection was lost and is back: notices in between are gone. */
  readonly onReconnect: () => void;
}

/** Listens on a connection of its own, and connects again for as long as it is open. */
export async function listen(db: Database, options: ListenOptions): Promise<Listener> {
  let closed = false;
  let client = await connect(db.url, options);
  const watch = async (): Promise<void> => {
    while (!closed) {
      await client.lost;
      for (let wait = 50; !closed; wait = Math.min(wait * 2, 2000)) {
        const next = await connect(db.url, options).catch(() => null);
        if (next) {
          client = next;
          options.onReconnect();
          break;
        }
        await sleep(wait);
      }
    }
    await client.end();
  };
  const watching = watch();
  return {
    close: async () => {
      closed = true;
      await client.end();
      await watching;
    },
  };
}

interface Connection {
  readonly lost: Promise<void>;
  readonly end: () => Promise<void>;
}

async function connect(url: string, { channel, onNotice }: ListenOptions): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    connectionTimeoutMillis: 5000,
    application_name: "seedmask-listen",
  });
  const lost = new Promise<void>((resolve) => {
    client.on("error", () => resolve());
    client.on("end", () => resolve());
  });
  client.on("notification", (notice) => onNotice(notice.payload ?? ""));
  await client.connect();
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  return { lost, end: () => client.end().catch(() => undefined) };
}
