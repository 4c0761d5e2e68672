// Crockford's letters: what people copy from paper and read aloud. O is read as 0, I and L as 1; blanks and hyphens fall out.
import { H } from "./hashes.js";

export const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
export const bitsOf = (data) => Array.from(data, (byte) => (byte + 256).toString(2).slice(1)).join("");
export const spelt = (bits) => bits.match(/.{5}/g).map((five) => ALPHABET[parseInt(five, 2)]).join("");

export const inFours = (text) => text.match(/.{4}/g);
export const readLetters = (typed) => typed.normalize("NFKC").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[\s\-\u2010-\u2015]/g, "");

// 32 letters for a poster: of one manifest, or of several through the hash of their hashes.
export function fingerprint(manifests) {
  const hashes = manifests.map((manifest) => H(manifest));
  return spelt(bitsOf((hashes.length === 1 ? hashes[0] : H(...hashes)).slice(0, 20)));
}
