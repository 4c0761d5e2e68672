// The recovery code: a booklet's seed in letters that people copy from paper.
import { H } from "../staff/hashes.js";
import { ALPHABET, bitsOf, readLetters, spelt } from "../staff/letters.js";

const bytesOf = (bits) => Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
// 52 letters that bring a booklet back: the seed's 256 bits, and four that tell a slip of the pen.
const check = (seed) => bitsOf(H("survey_app/recovery/v1\0", seed)).slice(0, 4);
export const recoveryCode = (seed) => spelt(bitsOf(seed) + check(seed));

// The seed of a code as typed, or null where letters are missing or wrong.
export function seedOf(typed) {
  const places = Array.from(readLetters(typed), (letter) => ALPHABET.indexOf(letter));
  if (places.length !== 52 || places.some((place) => place < 0)) return null;
  const bits = places.map((place) => (place + 32).toString(2).slice(1)).join("");
  const seed = bytesOf(bits.slice(0, 256));
  return check(seed) === bits.slice(256) ? seed : null;
}
