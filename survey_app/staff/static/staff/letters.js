// Crockford's letters: what people copy from paper and read aloud. O is read as 0, I and L as 1; blanks and hyphens fall out.
import { H } from "./ticket.js";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const bitsOf = (data) => Array.from(data, (byte) => (byte + 256).toString(2).slice(1)).join("");
const bytesOf = (bits) => Uint8Array.from(bits.match(/.{8}/g), (eight) => parseInt(eight, 2));
const spelt = (bits) => bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");

export const inFours = (text) => text.match(/.{4}/g);
export const readLetters = (typed) => typed.normalize("NFKC").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[\s\-\u2010-\u2015]/g, "");

// 32 letters for a poster: of one manifest, or of several through the hash of their hashes.
export function fingerprint(manifests) {
  const hashes = manifests.map((manifest) => H(manifest));
  return spelt(bitsOf((hashes.length === 1 ? hashes[0] : H(...hashes)).slice(0, 20)));
}

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
