// The start: the right to answer, what the link already knows, and a draft that waits in this browser.
import { $, make } from "./elements.js";
import { arrange } from "./drawing.js";
import { writeAnswer } from "./answers.js";
import { groups } from "./tapping.js";
import { unitOfSlip } from "./sending.js";
import { data, forget, fresh, items, parts, rewalk, saved, startTitle, visit, words } from "./visit.js";
import { show } from "./sections.js";

const link = new URLSearchParams(location.hash.slice(1));
export const field = $("code") || $("unit");
export const fromPoster = link.get("fp") || "";
const bySlip = field.id === "code";

export async function begin(event) {
  event.preventDefault();
  const typed = field.value.trim();
  refuse("");
  if (!typed && visit.ticket) byTicket(visit.ticket);
  else if (!typed) { refuse(bySlip ? words.no_code : words.no_unit); return; }
  else if (!bySlip) Object.assign(visit.draft, { unit: typed, credential: { unit: typed } });
  else if (!isOfDraft(typed) && !await taken(typed)) return;
  const { draft } = visit;
  draft.shared = $("shared").checked;
  if (draft.shared) forget();
  rewalk();
  if (!parts().length) { refuse(words.nothing_asked); return; }
  show(draft.at === "start" ? parts()[0].id : draft.at, true);
}

// Whether the draft was begun with this code, however it is typed: the server reads O as 0, I and L as 1.
const letters = (code) => code.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
function isOfDraft(code) {
  const { credential } = visit.draft;
  return Boolean(credential && credential.slip) && letters(credential.slip) === letters(code);
}

// A code the server knows. With another than the draft's it is another person: what the first one left is wiped.
async function taken(code) {
  $("go").disabled = true;
  const said = await unitOfSlip(data.poll, code);
  $("go").disabled = false;
  if (!said.unit) { refuse(words[said.error] || words.lost_start); return false; }
  if (visit.draft.credential) {
    forget();
    takeUp(null);
  }
  Object.assign(visit.draft, { unit: said.unit, credential: { slip: code } });
  return true;
}

// As with another slip: with another ticket than the draft's it is another person.
function byTicket({ id, unit }) {
  const { credential } = visit.draft;
  if (credential && credential.ticket !== id) {
    forget();
    takeUp(null);
  }
  Object.assign(visit.draft, { unit, credential: { ticket: id } });
}

function refuse(sentence) {
  $("right").classList.toggle("item-error", Boolean(sentence));
  $(`${field.id}-e`).textContent = sentence;
  document.title = sentence ? words.error + sentence : startTitle;
  if (sentence) field.focus();
}

// What the link already knows, e.g. which service this is about.
function prefill() {
  const known = items.filter((item) => item.prefill && item.choices.includes(link.get(item.prefill)));
  known.forEach((item) => { visit.draft.answers[item.id] = link.get(item.prefill); });
}

// The page as the draft has it.
function restore() {
  const { draft } = visit;
  arrange(items, draft.order);
  items.forEach((item) => {
    if (item.kind === "best_worst") groups(item, words);
    if (item.kind !== "info") writeAnswer(item, draft.answers[item.id]);
  });
}

function takeUp(carried) {
  visit.draft = Object.assign(fresh(), carried);
  if (!carried) prefill();
  restore();
}

// A ticket held in this browser: its script comes only where there is something to look at, the poster's fingerprint or a
// booklet that names this slot, and the browser knows BigInt. It puts what it found in visit.ticket.
function lookForTicket() {
  const of = data.ticket;
  if (!of || typeof BigInt === "undefined") return;
  try { if (!fromPoster && !window.localStorage["survey.booklet"].includes(of.slot)) return; } catch (none) { return; }
  document.addEventListener("ticket", (event) => { visit.ticket = event.detail; });
  document.head.appendChild(make("script", undefined, { id: "ticket-script", type: "module", src: of.script, integrity: of.integrity, "data-fp": fromPoster }));
}

export function start() {
  const carried = saved();
  try {
    takeUp(carried.state);
  } catch (unreadable) {
    // not a draft of ours
    forget();
    carried.state = null;
    takeUp(null);
  }
  rewalk();
  const { draft } = visit;
  const { credential } = draft;
  const said = link.get("s") || link.get("u");
  if (said || credential) field.value = said || credential.slip || credential.unit || "";
  $("shared").checked = draft.shared;
  $("shared-choice").hidden = false;
  $("begin-hint").textContent = words.stays;
  const own = carried.state && credential && !(link.get("s") && !isOfDraft(said));
  if (own && draft.at !== "start" && !carried.moved) {
    $("resume").hidden = false;
    $("resume").querySelector("span").textContent = draft.sending ? words.resume_sending : words.resume;
    $("go").textContent = words.go_on;
    $("anew").hidden = false;
  }
  lookForTicket();
  // the code must not travel on when the page is forwarded; `?from=...` stays as it came
  history.replaceState(history.state || { view: "start" }, "", location.pathname + location.search);
  const at = own && (carried.moved ? draft.at : history.state && history.state.view);
  if (at && at !== "start") show(at, false);
}
