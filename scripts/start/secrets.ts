import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const secretsSchema = z.object({ authSecret: z.string().min(32) });

/** Key that signs sessions: made at the first start, kept in the data home, readable by its owner only. */
export function readSecrets(home: string): z.infer<typeof secretsSchema> {
  const file = join(home, "secrets.json");
  if (existsSync(file)) return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  const secrets = { authSecret: randomBytes(32).toString("hex") };
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600 });
  return secrets;
}
