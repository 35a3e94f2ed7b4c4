import { createHmac } from "node:crypto";

/**
 * `t=SECONDS,v1=HEX`: HMAC-SHA256 under the webhook's secret over `SECONDS.BODY`. The time is part of
 * it, so a receiver can refuse what is older than a few minutes.
 */
export function signature(secret: string, body: string, seconds: number): string {
  const digest = createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex");
  return `t=${seconds},v1=${digest}`;
}
