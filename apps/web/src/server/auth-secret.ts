import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const secretsSchema = z.looseObject({ authSecret: z.string().min(32) });

/** The secret of this installation: read from `secrets.json`, made there on the first start. */
export function authSecret(home: string): string {
  const path = join(home, "secrets.json");
  const kept = readSecret(path);
  if (kept) return kept;
  mkdirSync(home, { recursive: true });
  const draft = `${path}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify({ authSecret: randomBytes(32).toString("hex") })}\n`, {
    mode: 0o600,
  });
  try {
    linkSync(draft, path);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
  const secret = readSecret(path);
  if (!secret)
    throw new Error(`${path}: expected a JSON object with "authSecret". Remove or mend it.`);
  return secret;
}

function readSecret(path: string): string | null {
  try {
    return secretsSchema.parse(JSON.parse(readFileSync(path, "utf8"))).authSecret;
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw new Error(`${path}: expected a JSON object with "authSecret". Remove or mend it.`, {
      cause: error,
    });
  }
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
