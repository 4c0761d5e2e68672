// Tickets by blind signature (RFC 9474, RSABSSA-SHA384-PSS-Randomized): how they are asked for. Answering needs none of it.
import { bytes, context, E, hex, join, number, sha384 } from "./hashes.js";

const filled = (value, length) => Uint8Array.from(value.toString(16).padStart(2 * length, "0").match(/../g), (pair) => parseInt(pair, 16));

function grown(seed, length) { // MGF1
  const blocks = [];
  for (let i = 0; i * 48 < length; i++) blocks.push(sha384(join(seed, filled(BigInt(i), 4))));
  return join(...blocks).slice(0, length);
}

function power(base, exponent, n) {
  let result = BigInt(1);
  for (let b = base; exponent; exponent >>= 1, b = (b * b) % n) if (exponent & 1) result = (result * b) % n;
  return result;
}

function inverse(value, n) { // null where there is none
  let [a, b, x, y] = [value % n, n, BigInt(1), BigInt(0)];
  while (a) [a, b, x, y] = [b % a, a, y - (b / a) * x, x];
  return b === BigInt(1) ? ((y % n) + n) % n : null;
}

function encoded(message, salt, size) { // EMSA-PSS
  const digest = sha384(join(new Uint8Array(8), sha384(message), salt));
  const data = join(new Uint8Array(size - 98), Uint8Array.of(1), salt);
  const masked = grown(digest, data.length).map((byte, i) => byte ^ data[i]);
  masked[0] &= 127;
  return join(masked, digest, Uint8Array.of(188));
}

// Everything about one ticket follows from the seed: the same seed gives the same ticket on any device.
export function ticket(seed, key, slot, unit) {
  const bound = context(slot, unit);
  const part = (label, length) => grown(join(seed, bytes(label), Uint8Array.of(0), bound), length);
  const prepared = join(part("prefix", 32), bound);
  const hidden = number(encoded(prepared, part("salt", 48), key.size));
  let factor = BigInt(0), back = null;
  for (let c = 0; back === null || factor < 2; c++) {
    factor = number(part(join(bytes("blind"), Uint8Array.of(c)), key.size + 16)) % key.n;
    back = inverse(factor, key.n);
  }
  return { prepared, opener: part("opener", 32), back, hidden, blinded: filled((hidden * power(factor, E, key.n)) % key.n, key.size) };
}

// The signature, or null if what came back is not one of this key: then it is never kept.
export function finalize(made, key, blindSignature) {
  const signature = (number(blindSignature) * made.back) % key.n;
  return blindSignature.length === key.size && power(signature, E, key.n) === made.hidden ? filled(signature, key.size) : null;
}
