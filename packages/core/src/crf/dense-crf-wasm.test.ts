import { expect, it } from "vitest";
import { compileDenseCrf } from "../../assembly/build.mjs";
import { DENSE_CRF_WASM } from "./dense-crf-wasm.ts";

it("holds what the sources in packages/core/assembly compile to today", async () => {
  const compiled = await compileDenseCrf();
  expect(DENSE_CRF_WASM).toBe(Buffer.from(compiled).toString("base64"));
});
