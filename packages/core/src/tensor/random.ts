import { createHash } from "node:crypto";
import { z } from "zod";

/** Four 32-bit words: all that a generator knows. Plain JSON. */
export const randomStateSchema = z.tuple([z.int(), z.int(), z.int(), z.int()]);
export type RandomState = z.infer<typeof randomStateSchema>;

/** A stream of random numbers, passed as a value. Equal states give equal streams everywhere. */
export interface Random {
  /** Uniform in [0, 1), 53 random bits. */
  uniform(): number;
  /** Mean 0, deviation 1. */
  normal(): number;
  /** Uniform integer in [0, below). */
  integer(below: number): number;
  /** A shuffled copy. */
  shuffle<Item>(items: readonly Item[]): Item[];
  /** A stream of its own for a named purpose; it does not advance this one. */
  fork(name: string): Random;
  /** Where the stream stands now; `restoreRandom` goes on from there. */
  state(): RandomState;
}

function wordsOf(text: string): RandomState {
  const digest = createHash("sha256").update(text).digest();
  return [0, 4, 8, 12].map((at) => digest.readInt32LE(at)) as RandomState;
}

/** A stream named by a seed. @see Blackman & Vigna 2018, xoshiro128** */
export function createRandom(seed: number): Random {
  return restoreRandom(wordsOf(`seed ${seed}`));
}

const rotateLeft = (word: number, by: number): number => (word << by) | (word >>> (32 - by));

/** The stream that goes on from a state. */
export function restoreRandom(start: RandomState): Random {
  let [a, b, c, d] = start;

  function word(): number {
    const result = Math.imul(rotateLeft(Math.imul(b, 5), 7), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotateLeft(d, 11);
    return result;
  }

  const uniform = (): number => ((word() >>> 5) * 2 ** 26 + (word() >>> 6)) / 2 ** 53;
  const integer = (below: number): number => Math.floor(uniform() * below);
  return {
    uniform,
    integer,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
    shuffle(items) {
      const shuffled = [...items];
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = integer(last + 1);
        [shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!];
      }
      return shuffled;
    },
    fork: (name) => restoreRandom(wordsOf(`${a},${b},${c},${d} ${name}`)),
    state: () => [a, b, c, d],
  };
}
