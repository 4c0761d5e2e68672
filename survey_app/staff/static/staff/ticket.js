// Tickets by blind signature (RFC 9474, RSABSSA-SHA384-PSS-Randomized), with nothing but BigInt and our own SHA-384:
// crypto.subtle is missing in old web views and on plain http. Encodings: docs/ballots.md. Bytes are Uint8Arrays.
const TEXT = new TextEncoder();
const MASK = (BigInt(1) << BigInt(64)) - BigInt(1);
const primes = [];
for (let n = 2; primes.length < 80; n++) if (primes.every((p) => n % p)) primes.push(n);

// The first 64 bits behind the point of a prime's k-th root: what SHA-2 takes its constants from.
function root(p, k) {
  const target = BigInt(p) << BigInt(64 * k);
  let low = BigInt(0), high = BigInt(1) << BigInt(70);
  while (high - low > 1) {
    const middle = (low + high) >> BigInt(1);
    if (middle ** BigInt(k) <= target) low = middle; else high = middle;
  }
  return low & MASK;
}
const pairs = (numbers) => Int32Array.from([].concat(...numbers.map((n) => [Number(n >> BigInt(32)), Number(n & BigInt(0xffffffff))])));
const K = pairs(primes.map((p) => root(p, 3)));
const START = pairs(primes.slice(8, 16).map((p) => root(p, 2)));

export const join = (...parts) => {
  const whole = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
};
const bytes = (part) => (typeof part === "string" ? TEXT.encode(part) : part);

export function sha384(message) {
  const room = new Uint8Array((((message.length + 16) >> 7) + 1) << 7);
  room.set(message);
  room[message.length] = 128;
  const view = new DataView(room.buffer);
  view.setUint32(room.length - 4, message.length * 8);
  const h = START.slice(), w = new Int32Array(160), s = new Int32Array(16);
  const turn = (a, b, n) => (n < 32 ? (a >>> n) | (b << (32 - n)) : (b >>> (n - 32)) | (a << (64 - n)));
  let high = 0, low = 0;
  const sum = (...terms) => { // 64-bit sum of [high, low] pairs
    high = 0; low = 0;
    for (const [a, b] of terms) { high += a; low += b >>> 0; }
    high = (high + Math.floor(low / 4294967296)) | 0; low |= 0;
    return [high, low];
  };
  const at = (list, i) => [list[2 * i], list[2 * i + 1]];
  const mix = ([a, b], x, y, z, shift) => [
    turn(a, b, x) ^ turn(a, b, y) ^ (shift ? a >>> z : turn(a, b, z)),
    turn(b, a, x) ^ turn(b, a, y) ^ (shift ? (b >>> z) | (a << (32 - z)) : turn(b, a, z))];
  for (let block = 0; block < room.length; block += 128) {
    for (let i = 0; i < 32; i++) w[i] = view.getInt32(block + 4 * i);
    for (let i = 16; i < 80; i++) w.set(sum(at(w, i - 16), mix(at(w, i - 15), 1, 8, 7, true), at(w, i - 7), mix(at(w, i - 2), 19, 61, 6, true)), 2 * i);
    s.set(h);
    for (let i = 0; i < 80; i++) {
      const e = at(s, 4), a = at(s, 0);
      const choose = [(e[0] & s[10]) ^ (~e[0] & s[12]), (e[1] & s[11]) ^ (~e[1] & s[13])];
      const most = [(a[0] & s[2]) ^ (a[0] & s[4]) ^ (s[2] & s[4]), (a[1] & s[3]) ^ (a[1] & s[5]) ^ (s[3] & s[5])];
      const first = sum(at(s, 7), mix(e, 14, 18, 41), choose, at(K, i), at(w, i));
      const next = sum(first, mix(a, 28, 34, 39), most), below = sum(at(s, 3), first);
      s.copyWithin(2, 0, 14);
      s.set(next, 0);
      s.set(below, 8);
    }
    for (let i = 0; i < 8; i++) h.set(sum(at(h, i), at(s, i)), 2 * i);
  }
  const digest = new DataView(new ArrayBuffer(48));
  for (let i = 0; i < 12; i++) digest.setInt32(4 * i, h[i]);
  return new Uint8Array(digest.buffer);
}

export const H = (...parts) => sha384(join(...parts.map(bytes))).slice(0, 32);
export const context = (slot, unit) => bytes(`survey_app/ballot/v1\0${slot}\0${unit}`);
export const nonceHash = (prepared) => H("survey_app/nonce/v1\0", prepared);
export const commitment = (opener, answers) => H("survey_app/answers/v1\0", opener, answers);
export const receipt = (nonce, committed) => H("survey_app/receipt/v1\0", nonce, committed);

export const hex = (data) => Array.from(data, (byte) => (byte + 256).toString(16).slice(1)).join("");
const number = (data) => BigInt(`0x${hex(data) || "0"}`);
const filled = (value, length) => Uint8Array.from(value.toString(16).padStart(2 * length, "0").match(/../g), (pair) => parseInt(pair, 16));
export const toBase64url = (data) => btoa(String.fromCharCode(...data)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
export const fromBase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

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

const E = 65537;

// A key of the manifest, from its modulus; null for one that could mark a person: other lengths, even.
export function keyOf(modulus, exponent = E) {
  const n = number(modulus);
  return exponent === E && [256, 384].includes(modulus.length) && modulus[0] > 127 && modulus[modulus.length - 1] & 1 ? { n, size: modulus.length, id: H(modulus) } : null;
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
