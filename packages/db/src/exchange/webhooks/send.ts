import { lookup as resolveName } from "node:dns";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { isPrivateAddress } from "./private-address.ts";
import { signature } from "./sign.ts";

export interface WebhookMessage {
  readonly id: number;
  readonly url: string;
  readonly secret: string;
  readonly event: string;
  readonly payload: Readonly<Record<string, unknown>>;
}

export interface SendOptions {
  /** Whether addresses of private networks may be written to. */
  readonly allowPrivate: boolean;
  readonly signal: AbortSignal;
  readonly timeoutSeconds?: number;
}

/** What became of a message; `error` is null where the receiver took it. */
export interface SendOutcome {
  readonly responseStatus: number | null;
  readonly error: string | null;
}

const refusal = (host: string, address: string): Error =>
  new Error(
    `${host} is ${address}, an address of a private network. An admin of this server allows these with SEEDMASK_WEBHOOK_PRIVATE=1.`,
  );

/** Looks a name up and refuses private answers; the connection goes to the very address that was checked. */
const publicLookup: LookupFunction = (host, options, done) => {
  resolveName(host, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, "", 4);
    const bad = addresses.find(({ address }) => isPrivateAddress(address));
    if (bad) return done(refusal(host, bad.address), "", 4);
    if (options.all) return done(null, addresses);
    const [first] = addresses;
    return done(null, first!.address, first!.family);
  });
};

/** Posts a signed message. Redirects are not followed: they are the receiver's to mend. */
export async function sendWebhook(
  message: WebhookMessage,
  { allowPrivate, signal, timeoutSeconds = 10 }: SendOptions,
): Promise<SendOutcome> {
  const url = new URL(message.url);
  const host = url.hostname.replace(/^\[|\]$/g, "");
  if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
    return { responseStatus: null, error: refusal(host, host).message };
  }
  const seconds = Math.floor(Date.now() / 1000);
  const body = JSON.stringify({ id: message.id, sentAt: seconds, ...message.payload });
  const stop = AbortSignal.any([signal, AbortSignal.timeout(timeoutSeconds * 1000)]);
  const request = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const sent = request(
      url,
      {
        method: "POST",
        signal: stop,
        ...(allowPrivate ? {} : { lookup: publicLookup }),
        headers: {
          "content-type": "application/json",
          "content-length": Buffer.byteLength(body),
          "user-agent": "Seedmask-Webhook",
          "x-seedmask-event": message.event,
          "x-seedmask-delivery": String(message.id),
          "x-seedmask-signature": signature(message.secret, body, seconds),
        },
      },
      (response) => {
        const status = response.statusCode ?? 0;
        response.destroy();
        const taken = status >= 200 && status < 300;
        resolve({
          responseStatus: status,
          error: taken ? null : `The address answered ${status}.`,
        });
      },
    );
    sent.on("error", (error) => {
      const why = stop.aborted ? `No answer within ${timeoutSeconds} s.` : error.message;
      resolve({ responseStatus: null, error: why });
    });
    sent.end(body);
  });
}
