import { crc32, deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { decodeMask } from "./decode-mask.ts";
import { encodeMask } from "./encode-mask.ts";

const chunk = (type: string, data: Uint8Array): Buffer => {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(data.length);
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(body));
  return Buffer.concat([head, body, tail]);
};

/** PNG of unfiltered rows; colour type 0 grey, 2 RGB, 3 palette. */
function png(width: number, rows: readonly number[][], depth: number, colourType: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header[8] = depth;
  header[9] = colourType;
  const palette = Buffer.from([0, 0, 0, 128, 0, 0, 0, 128, 0, 128, 128, 0]);
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    ...(colourType === 3 ? [chunk("PLTE", palette)] : []),
    chunk("IDAT", deflateSync(Buffer.from(rows.flatMap((row) => [0, ...row])))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

describe("decodeMask", () => {
  it("reads the indices of a palette file", () => {
    const map = decodeMask(
      png(
        3,
        [
          [0, 1, 2],
          [3, 0, 1],
        ],
        8,
        3,
      ),
    );
    expect([map.width, map.height, ...map.data]).toEqual([3, 2, 0, 1, 2, 3, 0, 1]);
  });
  it("unpacks rows of two bits a pixel", () => {
    expect([...decodeMask(png(3, [[0b00_01_10_00], [0b11_00_01_00]], 2, 3)).data]).toEqual([
      0, 1, 2, 3, 0, 1,
    ]);
  });
  it("takes grey values as ids", () => {
    expect([...decodeMask(png(2, [[0, 255]], 8, 0)).data]).toEqual([0, 255]);
  });
  it("turns VOC colours back into ids", () => {
    expect([...decodeMask(png(2, [[128, 0, 0, 224, 224, 192]], 8, 2)).data]).toEqual([1, 255]);
  });
});

describe("encodeMask", () => {
  it("gives what decodeMask reads: label ids, not colours", () => {
    const map = { width: 3, height: 1, data: Uint8Array.of(0, 2, 255) };
    const palette = Array.from({ length: 256 }, (_, label) => [label, 0, 255 - label] as const);
    expect(decodeMask(encodeMask(map, palette))).toEqual(map);
  });
});
