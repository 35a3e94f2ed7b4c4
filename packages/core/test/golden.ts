import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";

/** Folder of reference files beside the repository; `SEEDMASK_SHARED` names another. */
export const sharedFolder =
  process.env.SEEDMASK_SHARED ?? fileURLToPath(new URL("../../../../shared", import.meta.url));

const tensorSchema = z.object({
  dtype: z.enum(["F32", "I32", "U8"]),
  shape: z.array(z.int()),
  data_offsets: z.tuple([z.int(), z.int()]),
});
/** How far a tensor may be from the reference's. @see golden/README.md, "What is checked" */
const ruleSchema = z.object({
  abs: z.number().default(0),
  rel: z.number().default(0),
  relMax: z.number().default(0),
  exact: z.boolean().default(false),
  share: z.number().default(1),
  maxAbs: z.number().default(Number.POSITIVE_INFINITY),
});

export interface Golden {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
  has(tensor: string): boolean;
  shape(tensor: string): readonly number[];
  f32(tensor: string): Float32Array;
  i32(tensor: string): Int32Array;
  u8(tensor: string): Uint8Array;
  /** Whatever type the tensor has. */
  values(tensor: string): Float32Array | Int32Array | Uint8Array;
  number(parameter: string): number;
  rule(tensor: string): z.infer<typeof ruleSchema>;
}

function readGolden(name: string, path: string): Golden {
  const file = readFileSync(path);
  const headerLength = Number(file.readBigUInt64LE(0));
  const header = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(file.toString("utf8", 8, 8 + headerLength)));
  const metadata = z.record(z.string(), z.string()).parse(header.__metadata__);
  const params = z.record(z.string(), z.unknown()).parse(JSON.parse(metadata.params ?? "{}"));
  const outputs = z.record(z.string(), z.unknown()).parse(JSON.parse(metadata.outputs ?? "{}"));
  const entry = (tensor: string) => tensorSchema.parse(header[tensor]);
  const bytes = (tensor: string, dtype: "F32" | "I32" | "U8"): ArrayBuffer => {
    const { data_offsets: offsets, dtype: found } = entry(tensor);
    if (found !== dtype) throw new Error(`${name}: ${tensor} is ${found}, not ${dtype}`);
    const start = file.byteOffset + 8 + headerLength;
    return new Uint8Array(file.buffer).slice(start + offsets[0], start + offsets[1]).buffer;
  };
  const f32 = (tensor: string) => new Float32Array(bytes(tensor, "F32"));
  const i32 = (tensor: string) => new Int32Array(bytes(tensor, "I32"));
  const u8 = (tensor: string) => new Uint8Array(bytes(tensor, "U8"));
  return {
    name,
    params,
    has: (tensor) => tensor in header,
    shape: (tensor) => entry(tensor).shape,
    f32,
    i32,
    u8,
    values: (tensor) => ({ F32: f32, I32: i32, U8: u8 })[entry(tensor).dtype](tensor),
    number: (parameter) => z.number().parse(params[parameter]),
    rule: (tensor) => ruleSchema.parse(outputs[tensor]),
  };
}

/** Runs `body` on a reference file, or leaves one plainly named entry where the file is absent. */
export function describeGolden(name: string, body: (golden: Golden) => void): void {
  const path = `${sharedFolder}/golden/${name}.safetensors`;
  if (!existsSync(path)) {
    describe(`golden ${name}`, () => {
      it.todo(`not run: ${name}.safetensors not present; set SEEDMASK_SHARED to its folder`);
    });
    return;
  }
  describe(`golden ${name}`, () => body(readGolden(name, path)));
}

/** Applies the rule that the file itself gives for a tensor. */
export function expectGolden(golden: Golden, tensor: string, ours: ArrayLike<number>): void {
  const { abs, rel, relMax, exact, share, maxAbs } = golden.rule(tensor);
  const theirs = golden.values(tensor);
  expect(ours.length, `${golden.name}: elements of ${tensor}`).toBe(theirs.length);
  let largest = 0;
  for (const value of theirs) largest = Math.max(largest, Math.abs(value));
  let agreeing = 0;
  let worst = 0;
  for (let i = 0; i < theirs.length; i += 1) {
    const equal = Object.is(ours[i], theirs[i]);
    const distance = equal ? 0 : Math.abs(ours[i]! - theirs[i]!);
    const difference = Number.isNaN(distance) ? Number.POSITIVE_INFINITY : distance;
    worst = Math.max(worst, difference);
    const allowed = exact ? 0 : abs + rel * Math.abs(theirs[i]!) + relMax * largest;
    if (difference <= allowed) agreeing += 1;
  }
  const label = `${golden.name}: ${tensor}, worst difference ${worst}`;
  expect(agreeing / theirs.length, label).toBeGreaterThanOrEqual(share);
  expect(worst, label).toBeLessThanOrEqual(maxAbs);
}
