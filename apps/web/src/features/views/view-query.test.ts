import { describe, expect, it } from "vitest";
import { shortAddress, viewQuery } from "./view-query.ts";

describe("viewQuery", () => {
  it("is empty where nothing was chosen", () => {
    expect(viewQuery(new URLSearchParams("view=abc"))).toBe("");
  });
  it("keeps filter and order, equal for equal views", () => {
    const [one, other] = ["status=failed&q=a b&view=x", "q=a b&status=failed"];
    expect(viewQuery(new URLSearchParams(one))).toBe(viewQuery(new URLSearchParams(other)));
    expect(viewQuery(new URLSearchParams(one))).toBe("q=a+b&status=failed");
  });
  it("is reached by an address that does not grow with it", () => {
    expect(shortAddress("http://x", "/runs", "0abc")).toBe("http://x/runs?view=0abc");
  });
});
