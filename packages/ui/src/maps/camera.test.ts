import { describe, expect, it } from "vitest";
import { fillBox, imagePixelAt, panCamera, placeImage, WHOLE_IMAGE, zoomCamera } from "./camera.ts";

const image = { width: 500, height: 375 };
const box = { width: 800, height: 800 };

describe("placeImage", () => {
  it("shows the whole image in the middle of the box", () => {
    expect(placeImage(WHOLE_IMAGE, image, box)).toEqual({ scaleX: 1.6, scaleY: 1.6, x: 0, y: 100 });
  });
});

describe("zoomCamera", () => {
  it("keeps the point under the cursor", () => {
    const at = { x: 300, y: 420 };
    const before = placeImage({ zoom: 2, x: 0.5, y: 0.5 }, image, box);
    const after = placeImage(
      zoomCamera({ zoom: 2, x: 0.5, y: 0.5 }, 1.5, at, image, box),
      image,
      box,
    );
    expect((at.x - after.x) / after.scaleX).toBeCloseTo((at.x - before.x) / before.scaleX, 9);
    expect((at.y - after.y) / after.scaleY).toBeCloseTo((at.y - before.y) / before.scaleY, 9);
  });
  it("never shows less than the whole image", () => {
    expect(zoomCamera(WHOLE_IMAGE, 0.2, { x: 0, y: 0 }, image, box)).toEqual(WHOLE_IMAGE);
  });
});

describe("panCamera", () => {
  it("stops at the edge of the image", () => {
    const moved = panCamera({ zoom: 4, x: 0.5, y: 0.5 }, { x: 1e6, y: 0 }, image, box);
    expect(placeImage(moved, image, box).x).toBeCloseTo(0, 9);
  });
});

describe("imagePixelAt", () => {
  it("finds the pixel, and null beside the image", () => {
    const placement = fillBox(image, { width: 250, height: 187.5 });
    expect(imagePixelAt(placement, { x: 0.4, y: 187.4 }, image)).toEqual({ x: 0, y: 374 });
    expect(imagePixelAt(placement, { x: -1, y: 3 }, image)).toBeNull();
  });
});
