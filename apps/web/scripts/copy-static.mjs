/**
 * Puts the browser's files beside the standalone server: `next build` leaves them out, and
 * `node .next/standalone/apps/web/server.js` serves them from there.
 */
import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";

const web = join(import.meta.dirname, "..");
const server = join(web, ".next/standalone/apps/web");
cpSync(join(web, ".next/static"), join(server, ".next/static"), { recursive: true });
const publicFiles = join(web, "public");
if (existsSync(publicFiles)) cpSync(publicFiles, join(server, "public"), { recursive: true });
