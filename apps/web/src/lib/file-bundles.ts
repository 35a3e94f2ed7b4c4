/** Small files that may come many at once: `/api/FOLDER/KEY.ENDING`, grouped as `FOLDER:KEY.KEY…`. */
const FILE =
  /^\/api\/((?:datasets\/[0-9a-f]{64}\/(?:thumbnails|masks))|(?:artifacts\/[0-9a-f]{64}\/masks))\/([0-9a-f]{16})\.(?:png|webp)$/;
const GROUP =
  /^((?:datasets\/[0-9a-f]{64}\/(?:thumbnails|masks))|(?:artifacts\/[0-9a-f]{64}\/masks)):([0-9a-f]{16}(?:\.[0-9a-f]{16})*)$/;

/** 200 names make an address of under 4 kB, which every proxy lets through. */
export const FILES_A_BUNDLE = 200;

export const canBundle = (url: string): boolean => FILE.test(url);

/** Address of several files, in this order. Every one of them `canBundle`. */
export function bundleUrl(urls: readonly string[]): string {
  const groups: { folder: string; keys: string[] }[] = [];
  for (const url of urls) {
    const [, folder, key] = FILE.exec(url) ?? [];
    if (folder === undefined || key === undefined) continue;
    const group = groups.at(-1);
    if (group?.folder === folder) group.keys.push(key);
    else groups.push({ folder, keys: [key] });
  }
  const asked = groups.map(({ folder, keys }) => `f=${folder}:${keys.join(".")}`);
  return `/api/bundles?${asked.join("&")}`;
}

/** Storage keys of the files an address asks for; null where it is not one of ours. */
export function bundledFiles(query: URLSearchParams): string[] | null {
  const files: string[] = [];
  for (const asked of query.getAll("f")) {
    const [, folder, keys] = GROUP.exec(asked) ?? [];
    if (folder === undefined || keys === undefined) return null;
    const ending = folder.endsWith("thumbnails") ? "webp" : "png";
    files.push(...keys.split(".").map((key) => `${folder}/${key}.${ending}`));
  }
  return files.length > 0 && files.length <= FILES_A_BUNDLE ? files : null;
}
