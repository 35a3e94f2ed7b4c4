import type { ZodType } from "zod";
import { z } from "zod";
import { DASHBOARD_URL } from "./addresses.ts";

export interface ApiAnswer<Data> {
  readonly status: number;
  /** Null where it was refused. */
  readonly data: Data | null;
  /** Why it was refused, as it was sent. */
  readonly text: string;
}

interface ApiCall<Data> {
  readonly token: string;
  readonly input: unknown;
  readonly answer: ZodType<Data>;
}

async function send<Data>(
  url: string,
  { token, answer }: ApiCall<Data>,
  request: RequestInit,
): Promise<ApiAnswer<Data>> {
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const response = await fetch(url, { ...request, headers });
  const text = await response.text();
  if (!response.ok) return { status: response.status, data: null, text };
  const body = z.object({ result: z.object({ data: z.object({ json: answer }) }) });
  return { status: response.status, data: body.parse(JSON.parse(text)).result.data.json, text };
}

/** Asks the API something with a token, as a script does. */
export const ask = <Data>(procedure: string, call: ApiCall<Data>): Promise<ApiAnswer<Data>> =>
  send(
    `${DASHBOARD_URL}/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify({ json: call.input }))}`,
    call,
    { method: "GET" },
  );

/** Has the API do something with a token. */
export const command = <Data>(procedure: string, call: ApiCall<Data>): Promise<ApiAnswer<Data>> =>
  send(`${DASHBOARD_URL}/api/trpc/${procedure}`, call, {
    method: "POST",
    body: JSON.stringify({ json: call.input }),
  });
