/** Flags of `npm start`; read before set-up, so that a wrong one is said at once. */
import { parseArgs } from "node:util";

export const START_USAGE = `npm start -- [--exit] [--json FILE] [--port N] [--host ADDR] [--no-demo]
  --exit       stop everything once the demo run has ended; exit 0 only if it succeeded
  --json FILE  write the result of the demo run: stages, seconds, metrics, versions, backend
  --port N     port of the dashboard (default: 3000, or the next free one)
  --host ADDR  address to listen on (default: 127.0.0.1, this machine only)
  --no-demo    neither make the built-in dataset nor launch the demo run
Everything is kept in SEEDMASK_HOME (default: .seedmask in this repository).`;

function portOf(text) {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`--port: expected 1…65535, got "${text}".`);
}

/**
 * @param {readonly string[]} args
 * @returns {{ exit: boolean, json: string | null, port: number | null, host: string, demo: boolean, help: boolean }}
 */
export function parseStartOptions(args) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      exit: { type: "boolean", default: false },
      json: { type: "string" },
      port: { type: "string" },
      host: { type: "string", default: "127.0.0.1" },
      "no-demo": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  const demo = !values["no-demo"];
  if (!demo && (values.exit || values.json !== undefined)) {
    throw new Error("--no-demo: --exit and --json speak of the demo run. Drop one of them.");
  }
  return {
    exit: values.exit,
    json: values.json ?? null,
    port: values.port === undefined ? null : portOf(values.port),
    host: values.host,
    demo,
    help: values.help,
  };
}
