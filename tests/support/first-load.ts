import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { gzipSync } from "node:zlib";
import { z } from "zod";

const BUILD = join(import.meta.dirname, "../../apps/web/.next");

/** What the build writes of each page; only what is read here. */
const manifestSchema = z.object({
  __RSC_MANIFEST: z.record(
    z.string(),
    z.object({ entryJSFiles: z.record(z.string(), z.array(z.string())) }),
  ),
});
const buildSchema = z.object({ rootMainFiles: z.array(z.string()) });

export interface FirstLoad {
  readonly route: string;
  /** Bytes, each script gzipped. */
  readonly gzipped: number;
  readonly scripts: readonly string[];
}

/** The scripts a browser has to have before a page answers to it, by page of the production build. */
export function firstLoads(): FirstLoad[] {
  const manifests = globSync("server/app/**/page_client-reference-manifest.js", { cwd: BUILD });
  return manifests.map((path) => {
    const sandbox = {};
    runInNewContext(`var globalThis = this;${readFileSync(join(BUILD, path), "utf8")}`, sandbox);
    const { __RSC_MANIFEST: pages } = manifestSchema.parse(sandbox);
    const page = Object.keys(pages)[0]!;
    const { entryJSFiles } = pages[page]!;
    const folder = path.replace("_client-reference-manifest.js", "");
    const { rootMainFiles } = buildSchema.parse(
      JSON.parse(readFileSync(join(BUILD, folder, "build-manifest.json"), "utf8")),
    );
    const scripts = [...new Set([...rootMainFiles, ...Object.values(entryJSFiles).flat()])];
    const sizes = scripts.map((script) => gzipSync(readFileSync(join(BUILD, script))).length);
    return {
      route: page.replace(/\/page$/, "").replaceAll(/\/\([^)]+\)/g, "") || "/",
      gzipped: sizes.reduce((sum, size) => sum + size, 0),
      scripts,
    };
  });
}

export const readScript = (script: string): string => readFileSync(join(BUILD, script), "utf8");
