// The answering page: one section after another, a draft that stays in this browser, and one ballot whatever the
// network does. Without this script the same page works by plain forms. Here the page's parts are wired together;
// the rest, in the order of use:
//   elements    finding and making pieces of the page      visit       the poll, this person's draft, the path
//   paths       which questions, which bytes (pure)        faults      what is missing or wrong
//   drawing     random numbers, order, versions            check       the answers read back
//   answers     reading and showing answers                sections    moving between sections
//   questions   one question on the page                   submitting  one ballot, then nothing left behind
//   tapping     exclusive choices, limits, ranking         starting    code or branch, link, draft
//   draft, sending, receipt: this browser's memory, the calls to the server, the receipt
import { $ } from "./elements.js";
import { readAnswer } from "./answers.js";
import { tapped, turnedOn } from "./tapping.js";
import { goTo, mark } from "./questions.js";
import { carryOver, forget, inPart, isAsked, items, save, visit, words } from "./visit.js";
import { complain } from "./faults.js";
import { before, onward, refresh, show } from "./sections.js";
import { send } from "./submitting.js";
import { begin, field, fromPoster, start } from "./starting.js";

const itemOf = (id) => items.find((item) => item.id === id);
const on = (id, kind, act) => $(id).addEventListener(kind, act);
const instead = (act) => (event) => { event.preventDefault(); act(); };

function changed(event) {
  const holder = event.target.closest("[data-item]");
  if (!holder) return;
  const item = itemOf(holder.dataset.item);
  const said = event.type === "change" ? tapped(item, event.target, words) : "";
  const answer = readAnswer(item, visit.draft.order);
  if (answer === undefined) delete visit.draft.answers[item.id];
  else visit.draft.answers[item.id] = answer;
  // while typing, not only when the field is left: what then moves up would slip from under the tap on the button
  mark(item, said);
  save();
  refresh();
}

function typed(event) {
  if (event.target.type === "text" || event.target.tagName === "TEXTAREA") changed(event);
}

function next() {
  const { at } = visit.draft;
  if (!complain(at) && !turnedOn(inPart(at).filter(isAsked))) show(onward(), true);
}

function changeOne(event) {
  const item = itemOf(event.target.dataset.change);
  if (!item) return;
  show(item.section, true);
  goTo(item);
}

// What was typed goes along: the draft by the tab's own memory, a code that has not been tried yet by the address.
function otherLanguage(event) {
  if (visit.done) return;
  const along = fromPoster ? [`fp=${encodeURIComponent(fromPoster)}`] : [];
  if (visit.view !== "start") carryOver();
  else if (field.value) along.push(`${field.id === "code" ? "s" : "u"}=${encodeURIComponent(field.value)}`);
  event.currentTarget.hash = along.join("&");
}

start();
on("begin", "submit", begin);
on("answers", "change", changed);
on("answers", "input", typed);
on("answers", "submit", instead(next));
on("given", "click", changeOne);
on("check", "submit", instead(send));
["back", "check-back"].forEach((id) => on(id, "click", instead(() => show(before(visit.draft.at), true))));
on("anew", "click", () => { forget(); location.reload(); });
if ($("other-language")) on("other-language", "click", otherLanguage);
window.addEventListener("popstate", (event) => { show((event.state && event.state.view) || "start", false); });
