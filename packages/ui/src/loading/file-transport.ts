import type { FetchBytes } from "./bundle.ts";

export const fetchAlone: FetchBytes = async (url, signal) => {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
  return new Uint8Array(await response.arrayBuffer());
};

let transport = fetchAlone;

/** How small files reach this tab: one by one, until the app says what its server can do better. */
export const setFileTransport = (fetchBytes: FetchBytes): void => void (transport = fetchBytes);

export const fetchFile: FetchBytes = (url, signal) => transport(url, signal);
