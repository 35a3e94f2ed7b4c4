import { randomInt } from "node:crypto";

/** Crockford's base32 in small letters: no i, l, o, u. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Eight base32 characters, 40 random bits: short enough to read out, never reused. */
export const newId = (): string =>
  Array.from({ length: 8 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
