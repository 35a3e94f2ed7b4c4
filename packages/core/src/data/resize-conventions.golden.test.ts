import { expect, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { resizeImage, resizeLabels } from "./resize-pillow.ts";
import { resizeCubicOpencv, resizeLinearOpencv, resizeNearestOpencv } from "./resize-opencv.ts";

describeGolden("resize_conventions", (golden) => {
  const [height = 0, width = 0] = golden.shape("image");
  const image = { height, width, data: golden.u8("image") };
  const labels = { height, width, data: golden.u8("label") };
  const green = image.data.filter((_, i) => i % 3 === 1);
  for (const scale of [0, 1, 2, 3]) {
    const [toHeight = 0, toWidth = 0] = golden.shape(`pil_nearest_${scale}`);
    const size = { height: toHeight, width: toWidth };

    it(`resizes images as Pillow does, bicubic, ${toHeight}×${toWidth}`, () => {
      const ours = resizeImage(image, size).data;
      expectGolden(golden, `pil_bicubic_${scale}`, ours);
      const theirs = golden.u8(`pil_bicubic_${scale}`);
      const equal = ours.filter((value, i) => value === theirs[i]).length;
      expect(equal / ours.length).toBe(1);
    });

    it(`resizes labels as Pillow does, nearest, ${toHeight}×${toWidth}`, () => {
      expectGolden(golden, `pil_nearest_${scale}`, resizeLabels(labels, size).data);
    });

    it(`resizes as OpenCV does, ${toHeight}×${toWidth}`, () => {
      const rgb = { ...image, channels: 3 };
      const grey = { height, width, channels: 1 };
      const linear = resizeLinearOpencv(rgb, size);
      expectGolden(golden, `cv2_linear_${scale}`, linear.data);
      const cubic = resizeCubicOpencv({ ...grey, data: green }, size);
      expectGolden(golden, `cv2_cubic_gray_${scale}`, cubic.data);
      const nearest = resizeNearestOpencv({ ...grey, data: labels.data }, size);
      expectGolden(golden, `cv2_nearest_${scale}`, nearest.data);
    });
  }
});
