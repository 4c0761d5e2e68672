// Manifests: fetched without cookie, the same bytes for everybody. Whatever is not as it must be is refused by BadManifest
// before anything is sent: another fingerprint than the poster's, a key that could mark a person, a unit of a few.
import { fromBase64url, H, keyOf, toBase64url } from "./hashes.js";
import { fingerprint, readLetters } from "./letters.js";

const SMALLEST_UNIT = 10;
const PATIENCE = 20000;

export function BadManifest(why) { this.why = why; }
export function Unreached() {}
const must = (holds, why) => { if (!holds) throw new BadManifest(why); };

// What anybody may fetch, as bytes; Unreached when it did not come.
export async function openly(address) {
  const control = new AbortController();
  const bell = setTimeout(() => control.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { credentials: "omit", referrerPolicy: "no-referrer", signal: control.signal });
    if (!answer.ok) throw answer.status;
    return new Uint8Array(await answer.arrayBuffer());
  } catch (lost) {
    throw new Unreached();
  } finally {
    clearTimeout(bell);
  }
}

function parsed(bytes) {
  try { return JSON.parse(new TextDecoder().decode(bytes)); } catch (unreadable) { throw new BadManifest("unreadable"); }
}

// `expected`: fingerprints, each from another place (the address, the page); empty ones say nothing.
export function checkFingerprint(manifests, expected) {
  const found = fingerprint(manifests);
  must(expected.every((one) => !one || readLetters(one) === found), "fingerprint");
  return found;
}

// The units of a slot by id, each with its key.
export function slotUnits(bytes, slot) {
  const manifest = parsed(bytes);
  must(manifest.v === 1 && manifest.slot === slot && Array.isArray(manifest.units), "slot");
  const units = {};
  manifest.units.forEach((one) => {
    const key = keyOf(fromBase64url(one.n), one.e === undefined ? 65537 : one.e);
    must(key && toBase64url(key.id) === one.key_id, "key");
    must(one.roster >= SMALLEST_UNIT && !units[one.id], "unit");
    units[one.id] = { id: one.id, name: one.name, roster: one.roster, key };
  });
  const ids = manifest.units.map((one) => one.key_id);
  must(new Set(ids).size === ids.length, "key");
  return units;
}

// A poll's manifest must stand on this very slot's.
export function checkPoll(bytes, poll, slot, mode, slotManifest) {
  const manifest = parsed(bytes);
  must(manifest.v === 1 && manifest.wave === poll && manifest.slot === slot && manifest.mode === mode, "poll");
  must(manifest.slot_manifest_hash === toBase64url(H(slotManifest)), "slot");
}
