// This visit: the poll, the draft of this person, and the path through the questions that follows from it.
import { $ } from "./elements.js";
import { walk } from "./paths.js";
import { drawn, randomText } from "./drawing.js";
import { draftKey, keep, take, wipe } from "./draft.js";

export const data = JSON.parse($("poll").textContent);
export const { words } = data;
// What this page asks; the questions of a later stage have their places in the bytes, but stand on no page yet.
export const items = data.items.filter((item) => !item.stage);
export const startTitle = document.title;
export const english = document.documentElement.lang === "en";
const key = draftKey(data.poll);

// draft: what is kept in this browser; walked: the path; view: "start", a section's id or "check"; kept: whether the
// browser took the draft; ticket: what held.js found in this browser; done: the ballot is in the box and nothing of it
// may be shown or kept any more.
export const visit = { draft: null, walked: null, view: "start", kept: true, ticket: null, done: false };

export const fresh = () => ({ answers: {}, order: drawn(items), unit: "", credential: null, at: "start", tried: [],
  nonce: randomText(), openers: { ballot: randomText() }, sending: "", shared: false });

export function rewalk() {
  visit.walked = walk(items, visit.draft.answers, data.units[visit.draft.unit] || {});
}

export const placeOf = (item) => visit.walked.asked.indexOf(item);
export const isAsked = (item) => placeOf(item) >= 0;
export const inPart = (id) => items.filter((item) => item.section === id);
// The sections in which something is asked.
export const parts = () => data.sections.filter((section) => inPart(section.id).some(isAsked));
export const heading = (id) => $(`part-${id}`).querySelector("h1");

export const saved = () => take(key);
export const forget = () => wipe(key);
export const carryOver = () => keep(key, visit.draft, true);

export function save() {
  visit.kept = visit.draft.shared ? false : keep(key, visit.draft);
}
