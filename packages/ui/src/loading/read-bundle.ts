/**
 * Takes a body with several files apart.
 *
 * bytes    u32 (little endian) length of the head; head: JSON array of byte counts, null for a file
 *          that is not there; then the files one after another
 * returns  views into `bytes`, in the order asked for
 *
 * @throws {TypeError} when the body is cut short or speaks of another number of files
 */
export function readBundle(bytes: Uint8Array, count: number): (Uint8Array | null)[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headEnd = 4 + view.getUint32(0, true);
  const sizes: unknown = JSON.parse(new TextDecoder().decode(bytes.subarray(4, headEnd)));
  if (!Array.isArray(sizes) || sizes.length !== count) {
    throw new TypeError(`bundle: expected ${count} files, got another number. Reload the page.`);
  }
  let start = headEnd;
  const files = sizes.map((size: unknown) => {
    if (typeof size !== "number") return null;
    start += size;
    return bytes.subarray(start - size, start);
  });
  if (start !== bytes.length) {
    throw new TypeError(`bundle: expected ${start} bytes, got ${bytes.length}. Reload the page.`);
  }
  return files;
}
