import type { Extent } from "./types.ts";

/**
 * What part of an image is in view, in terms that hold for any image and any box: `zoom` 1 shows it
 * whole, `x` and `y` (0…1 of the image) lie at the middle of the box. Sharing one camera is what keeps
 * several pictures in step.
 */
export interface Camera {
  readonly zoom: number;
  readonly x: number;
  readonly y: number;
}

export const WHOLE_IMAGE: Camera = { zoom: 1, x: 0.5, y: 0.5 };

/** Box pixels = image pixels × scale + offset, per axis. */
export interface Placement {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly x: number;
  readonly y: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

const fitScale = (image: Extent, box: Extent): number =>
  Math.min(box.width / image.width, box.height / image.height);

/** The image fills the box exactly, as an <img> of the box's size does. */
export const fillBox = (image: Extent, box: Extent): Placement => ({
  scaleX: box.width / image.width,
  scaleY: box.height / image.height,
  x: 0,
  y: 0,
});

/** Where a camera puts an image in a box. */
export function placeImage(camera: Camera, image: Extent, box: Extent): Placement {
  const scale = fitScale(image, box) * camera.zoom;
  return {
    scaleX: scale,
    scaleY: scale,
    x: box.width / 2 - camera.x * image.width * scale,
    y: box.height / 2 - camera.y * image.height * scale,
  };
}

/** Keeps the image in the box: no edge leaves it further than it must. */
function clampCamera({ zoom, x, y }: Camera, image: Extent, box: Extent): Camera {
  const scale = fitScale(image, box) * zoom;
  const clampAxis = (centre: number, imageSize: number, boxSize: number): number => {
    const half = boxSize / (2 * imageSize * scale);
    return half >= 0.5 ? 0.5 : Math.min(1 - half, Math.max(half, centre));
  };
  return {
    zoom,
    x: clampAxis(x, image.width, box.width),
    y: clampAxis(y, image.height, box.height),
  };
}

/** Zoom at which one image pixel covers `pixels` pixels of the box. */
export const zoomOfPixelSize = (pixels: number, image: Extent, box: Extent): number =>
  pixels / fitScale(image, box);

const LARGEST_PIXEL = 48;

/** Zooms by a factor while the image point under `at` (box pixels) stays where it is. */
export function zoomCamera(
  camera: Camera,
  factor: number,
  at: Point,
  image: Extent,
  box: Extent,
): Camera {
  const most = Math.max(1, zoomOfPixelSize(LARGEST_PIXEL, image, box));
  const zoom = Math.min(most, Math.max(1, camera.zoom * factor));
  const before = placeImage(camera, image, box);
  const imageX = (at.x - before.x) / before.scaleX;
  const imageY = (at.y - before.y) / before.scaleY;
  const scale = fitScale(image, box) * zoom;
  return clampCamera(
    {
      zoom,
      x: (imageX + (box.width / 2 - at.x) / scale) / image.width,
      y: (imageY + (box.height / 2 - at.y) / scale) / image.height,
    },
    image,
    box,
  );
}

/** Moves the image by box pixels. */
export function panCamera(camera: Camera, by: Point, image: Extent, box: Extent): Camera {
  const scale = fitScale(image, box) * camera.zoom;
  return clampCamera(
    {
      zoom: camera.zoom,
      x: camera.x - by.x / (image.width * scale),
      y: camera.y - by.y / (image.height * scale),
    },
    image,
    box,
  );
}

/** Image pixel under a point of the box, or null beside the image. */
export function imagePixelAt(placement: Placement, at: Point, image: Extent): Point | null {
  const x = Math.floor((at.x - placement.x) / placement.scaleX);
  const y = Math.floor((at.y - placement.y) / placement.scaleY);
  return x >= 0 && y >= 0 && x < image.width && y < image.height ? { x, y } : null;
}
