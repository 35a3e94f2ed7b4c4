import { createHmac } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isPrivateAddress } from "./private-address.ts";
import { sendWebhook } from "./send.ts";

const received: { headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    received.push({ headers: request.headers, body });
    const status = Number(request.url?.slice(1)) || 204;
    response.writeHead(status, status === 302 ? { location: "/204" } : {}).end();
  });
});
let origin = "";
beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const secret = "whs_test";
const message = (url: string) => ({
  id: 7,
  url,
  secret,
  event: "ping",
  payload: { event: "ping" },
});
const { signal } = new AbortController();

describe("isPrivateAddress", () => {
  it("knows networks of one's own in every spelling", () => {
    const own = [
      "127.0.0.1",
      "10.1.2.3",
      "172.31.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "0.0.0.0",
    ];
    const own6 = [
      "::1",
      "::",
      "fe80::1",
      "fd00::1",
      "::ffff:127.0.0.1",
      "2002:7f00:1::",
      "64:ff9b::a00:1",
    ];
    for (const address of [...own, ...own6, "not an address"]) {
      expect(isPrivateAddress(address), address).toBe(true);
    }
    for (const address of ["8.8.8.8", "172.32.0.1", "2606:4700::1111"]) {
      expect(isPrivateAddress(address), address).toBe(false);
    }
  });
});

describe("sendWebhook", () => {
  it("signs time and body so that a receiver can check both", async () => {
    const outcome = await sendWebhook(message(`${origin}/204`), { allowPrivate: true, signal });
    expect(outcome).toEqual({ responseStatus: 204, error: null });
    const { headers, body } = received.at(-1)!;
    const [, seconds, digest] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(
      String(headers["x-seedmask-signature"]),
    )!;
    expect(Math.abs(Number(seconds) - Date.now() / 1000)).toBeLessThan(5);
    expect(createHmac("sha256", secret).update(`${seconds}.${body}`).digest("hex")).toBe(digest);
    expect(JSON.parse(body)).toMatchObject({ id: 7, event: "ping" });
    expect(headers["x-seedmask-event"]).toBe("ping");
  });

  it("counts every other answer as a failure, a redirect too", async () => {
    for (const status of [302, 404, 500]) {
      const outcome = await sendWebhook(message(`${origin}/${status}`), {
        allowPrivate: true,
        signal,
      });
      expect(outcome).toEqual({ responseStatus: status, error: `The address answered ${status}.` });
    }
  });

  it("refuses private addresses, written as numbers or behind a name", async () => {
    const before = received.length;
    for (const url of [
      origin,
      origin.replace("127.0.0.1", "localhost"),
      "http://[::1]:1/",
      "http://0x7f.1/",
    ]) {
      const { error } = await sendWebhook(message(url), { allowPrivate: false, signal });
      expect(error).toContain("private network");
    }
    expect(received.length).toBe(before);
  });

  it("says that nobody answered", async () => {
    const closed = createServer().listen(0, "127.0.0.1");
    await once(closed, "listening");
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, "close");
    const outcome = await sendWebhook(message(`http://127.0.0.1:${port}/`), {
      allowPrivate: true,
      signal,
    });
    expect(outcome.responseStatus).toBeNull();
    expect(outcome.error).toContain("ECONNREFUSED");
  });
});
