import { describe, expect, it } from "vitest";
import { TOKEN_ACCESS } from "./access.ts";
import { apiProcedures } from "./api-docs.ts";

describe("apiProcedures", () => {
  it("describes everything a token may call, and nothing else", () => {
    const paths = apiProcedures().map(({ path }) => path);
    expect(paths).toEqual(Object.keys(TOKEN_ACCESS).toSorted());
  });
  it("reads type, role and input off the router", () => {
    const found = new Map(apiProcedures().map((each) => [each.path, each]));
    expect(found.get("runs.cancel")).toMatchObject({
      type: "mutation",
      role: "member",
      scope: "run:write",
      input: { type: "object", required: ["runId"] },
    });
    expect(found.get("datasets.list")).toMatchObject({ type: "query", input: null });
  });
});
