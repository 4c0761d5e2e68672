// How a booklet is filled: a seed, what is asked for with it, and the signatures that come back.
import { fromBase64url, H, toBase64url } from "../staff/hashes.js";
import { finalize, ticket } from "../staff/ticket.js";
import { stateOf } from "../staff/booklet.js";

const isThere = (state) => ["held", "sent", "done"].includes(state);
// What is still to be asked for, of the slots the server names.
export const missing = (book, slots) => slots.filter((slot) => !isThere(stateOf(book, slot)));

export const newSeed = () => crypto.getRandomValues(new Uint8Array(32));

// Whose booklet it is, as long as the seed is here: of two members at one phone neither takes the other's for the own.
// It goes with the seed, before there is any ballot: nothing that stays names anybody.
export const ownedBy = (seed, member) => toBase64url(H("survey_app/owner/v1\0", seed, member).slice(0, 12));
export const isOwnedBy = (book, member) => book.owner === ownedBy(fromBase64url(book.seed), member);

// Before the first request: whose booklet, and the seed from which all of it can be made again. Tickets of an earlier term
// stay: its polls may still be open.
export function seeded(book, { term, unit, member }, seed, slots) {
  const earlier = {};
  if (book.term !== term) Object.keys(book.slots).forEach((slot) => { if (["held", "sent"].includes(stateOf(book, slot))) earlier[slot] = book.slots[slot]; });
  const fresh = { term, unit, owner: ownedBy(seed, member), seed: toBase64url(seed), slots: book.term === term ? Object.assign({}, book.slots) : earlier };
  slots.forEach((slot) => { if (stateOf(fresh, slot) === "none") fresh.slots[slot] = { state: "seeded" }; });
  return fresh;
}

export const made = (book, slot, key) => ticket(fromBase64url(book.seed), key, slot, book.unit);

export function asked(book, slots) {
  slots.forEach((slot) => { book.slots[slot] = { state: "requested" }; });
}

// Held only if the signature is one of this key; false leaves the entry as it was.
export function hold(book, slot, key, one, blindSignature, day) {
  const signature = finalize(one, key, fromBase64url(blindSignature));
  if (!signature) return false;
  book.slots[slot] = { state: "held", day, unit: book.unit, key_id: toBase64url(key.id), prepared: toBase64url(one.prepared),
    opener: toBase64url(one.opener), sig: toBase64url(signature) };
  return true;
}
