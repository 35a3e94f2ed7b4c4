import { expect, it } from "vitest";
import { describeGolden, expectGolden } from "../../test/golden.ts";
import { accumulatedMaps, createAccumulation, visitImage } from "./accumulation.ts";

describeGolden("oaa_accumulate", (golden) => {
  const [epochs = 0, images = 0, classes = 0, height = 0, width = 0] = golden.shape("maps");
  const maps = golden.f32("maps");
  const logits = golden.f32("logits");
  const labels = golden.f32("label");
  const keys = golden.i32("keys");
  const area = height * width;
  const present = (image: number) =>
    Array.from({ length: classes }, (_, index) => index).filter(
      (index) => labels[image * classes + index] === 1,
    );
  const layout = Array.from({ length: images }, (_, image) => ({
    key: String(image),
    height,
    width,
    classes: present(image),
  }));

  it("gathers the same maps after every epoch", () => {
    const accumulation = createAccumulation(layout);
    const states: number[] = [];
    const seen: number[] = [];
    for (let epoch = 0; epoch < epochs; epoch += 1) {
      // The release starts to accumulate in its second epoch.
      for (const image of epoch === 0 ? [] : layout) {
        const at = (epoch * images + Number(image.key)) * classes;
        const data = new Float32Array(image.classes.length * area);
        image.classes.forEach((index, position) => {
          const start = (at + index) * area;
          data.set(maps.subarray(start, start + area), position * area);
        });
        visitImage(accumulation, {
          imageKey: image.key,
          maps: { height, width, classes: Int32Array.from(image.classes), data },
          logits: logits.subarray(at, at + classes),
          lastEpoch: epoch === epochs - 1,
        });
      }
      for (let row = 0; row < keys.length / 2; row += 1) {
        const image = layout[keys[row * 2]!]!;
        const position = image.classes.indexOf(keys[row * 2 + 1]!);
        const gathered = accumulatedMaps(accumulation, image).data;
        const plane = gathered.subarray(position * area, (position + 1) * area);
        // The release keeps 8 bits; rounding commutes with the maximum.
        states.push(...plane.map((value) => Math.round(value * 255)));
        seen.push(Number(plane.some((value) => value > 0)));
      }
    }
    expect(seen.length).toBe(golden.u8("present").length);
    expectGolden(golden, "present", seen);
    expectGolden(golden, "accu", states);
  });
});
