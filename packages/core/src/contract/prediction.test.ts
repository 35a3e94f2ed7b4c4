import { describe, expect, it } from "vitest";
import { imageTypeOf } from "./prediction.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "latin1"));

describe("imageTypeOf", () => {
  it("knows nothing of nothing, of text, and of what a name pretends", () => {
    for (const text of ["", "<svg xmlns=", "%PDF-1.7", "PK\u0003\u0004", "GIF89a", "\u0089PN"]) {
      expect(imageTypeOf(bytes(text))).toBeNull();
    }
  });

  it("tells the formats apart by their first bytes", () => {
    expect(imageTypeOf(bytes("\u00FF\u00D8\u00FF\u00E1"))).toBe("jpeg");
    expect(imageTypeOf(bytes("\u0089PNG\r\n\u001A\n"))).toBe("png");
    expect(imageTypeOf(bytes("RIFF\0\0\0\0WEBPVP8 "))).toBe("webp");
    expect(imageTypeOf(bytes("II*\0"))).toBe("tiff");
    expect(imageTypeOf(bytes("\0\0\0\u001Cftypavif"))).toBe("avif");
  });
});
