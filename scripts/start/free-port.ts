import { createServer } from "node:net";
import { ConfigError } from "@seedmask/core/contract";

const FIRST_PORT = 3000;
const PORTS_TRIED = 50;

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The port asked for, or the first free one from 3000 on. */
export async function freePort(asked: number | null): Promise<number> {
  if (asked !== null) {
    if (await isFree(asked)) return asked;
    throw new ConfigError(`--port: ${asked} is taken. Choose another, or leave --port away.`);
  }
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new ConfigError(
    `start: no free port in ${FIRST_PORT}…${FIRST_PORT + PORTS_TRIED - 1}. Give one with --port.`,
  );
}
