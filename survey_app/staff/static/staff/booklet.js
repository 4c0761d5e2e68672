// The booklet: the right to answer every poll of the year, in this browser alone. One entry a slot, in one of the states
//   seeded     the seed is written down, nothing was asked for yet
//   requested  asked for; the answer may have been lost, and asking again brings the same signature
//   held       the signature fits the key: the slot can be answered on another day than `day`
//   sent       a ballot is on its way; the same bytes may be sent again
//   done       counted: nothing of this ticket is left here
// and none is no entry. On a public computer all of it stays in memory.

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
