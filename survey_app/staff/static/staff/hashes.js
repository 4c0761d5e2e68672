// What answering by ticket needs of the ballots' encodings (docs/ballots.md): hashes, receipts, the keys of a manifest. With
// nothing but BigInt and our own SHA-384: crypto.subtle is missing in old web views and on plain http. Bytes are Uint8Arrays.
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
export const bytes = (part) => (typeof part === "string" ? TEXT.encode(part) : part);

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
export const number = (data) => BigInt(`0x${hex(data) || "0"}`);
export const toBase64url = (data) => btoa(String.fromCharCode(...data)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
export const fromBase64url = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

export const E = 65537;

// A key of the manifest, from its modulus; null for one that could mark a person: other lengths, even.
export function keyOf(modulus, exponent = E) {
  const n = number(modulus);
  return exponent === E && [256, 384].includes(modulus.length) && modulus[0] > 127 && modulus[modulus.length - 1] & 1 ? { n, size: modulus.length, id: H(modulus) } : null;
}
