import { describe, expect, it } from "vitest";
import { bundledFiles, bundleUrl, canBundle, FILES_A_BUNDLE } from "./file-bundles.ts";
import { imageUrl, maskUrl, thumbnailUrl, truthUrl } from "./file-urls.ts";

const hash = "a".repeat(64);
const keyOf = (index: number): string => index.toString(16).padStart(16, "0");
const queryOf = (url: string): URLSearchParams => new URL(url, "http://localhost").searchParams;

describe("bundleUrl", () => {
  it("names what the server then finds, in the same order", () => {
    const urls = [
      maskUrl(hash, keyOf(1)),
      maskUrl(hash, keyOf(2)),
      truthUrl(hash, keyOf(2)),
      thumbnailUrl(hash, keyOf(1)),
    ];
    expect(urls.every(canBundle)).toBe(true);
    expect(bundledFiles(queryOf(bundleUrl(urls)))).toEqual(
      urls.map((url) => url.slice("/api/".length)),
    );
  });
  it("stays under 4 kB at its largest", () => {
    const urls = Array.from({ length: FILES_A_BUNDLE }, (_, index) => maskUrl(hash, keyOf(index)));
    expect(bundleUrl(urls).length).toBeLessThan(4096);
    expect(bundledFiles(queryOf(bundleUrl(urls)))).toHaveLength(FILES_A_BUNDLE);
    expect(bundledFiles(queryOf(bundleUrl([...urls, ...urls])))).toBeNull();
  });
});

describe("bundledFiles", () => {
  it("refuses every address that is not a small file of a data set or an artefact", () => {
    expect(canBundle(imageUrl(hash, keyOf(1)))).toBe(false);
    for (const asked of [
      `datasets/${hash}/images:${keyOf(1)}`,
      `artifacts/${hash}/masks:../../secrets`,
      `artifacts/${hash}/..:${keyOf(1)}`,
      `artifacts/${"A".repeat(64)}/masks:${keyOf(1)}`,
      "",
    ]) {
      expect(bundledFiles(new URLSearchParams({ f: asked })), asked).toBeNull();
    }
    expect(bundledFiles(new URLSearchParams())).toBeNull();
  });
});
