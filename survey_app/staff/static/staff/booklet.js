// The booklet: the right to answer every poll of the year, in this browser alone. One entry a slot, in one of the states
//   seeded     the seed is written down, nothing was asked for yet
//   requested  asked for; the answer may have been lost, and asking again brings the same signature
//   held       the signature fits the key: the slot can be answered on another day than `day`
//   sent       a ballot is on its way; the same bytes may be sent again
//   done       counted: nothing of this ticket is left here
// and none is no entry. On a public computer all of it stays in memory.
import { finalize, fromBase64url, H, ticket, toBase64url } from "./ticket.js";

const PLACE = "survey.booklet";
const memory = { shared: false, text: "" };
export const onPublicComputer = (is) => { memory.shared = is; if (!is) memory.text = ""; };

const empty = () => ({ term: "", unit: "", seed: "", slots: {} });

export function booklet() {
  try {
    const text = memory.shared ? memory.text : window.localStorage.getItem(PLACE);
    const found = text ? JSON.parse(text) : null;
    return found && found.slots ? found : empty();
  } catch (unreadable) {
    return empty();
  }
}

// True when it is written down and can be read again: only then may anything be asked for.
export function write(book) {
  const open = Object.keys(book.slots).some((slot) => book.slots[slot].state !== "done");
  const text = open ? JSON.stringify(book) : "";
  if (memory.shared) { memory.text = text; return true; }
  try {
    if (open) window.localStorage.setItem(PLACE, text);
    else window.localStorage.removeItem(PLACE);
    return (window.localStorage.getItem(PLACE) || "") === text;
  } catch (refused) {
    return false;
  }
}

export const stateOf = (book, slot) => (book.slots[slot] ? book.slots[slot].state : "none");
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

export function sent(slot) {
  const book = booklet();
  if (stateOf(book, slot) !== "held") return;
  book.slots[slot].state = "sent";
  write(book);
}

// Counted. The seed goes with the first ballot: it could make this ticket again, and so tell which ballot it was.
// The other slots keep their own tickets and need it no more; the last one takes the whole booklet along.
export function done(slot) {
  const book = booklet();
  if (!book.slots[slot]) return;
  book.seed = "";
  delete book.owner;
  book.slots[slot] = { state: "done" };
  write(book);
}
