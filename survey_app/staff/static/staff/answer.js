// The answering page: one section after another, a draft that stays in this browser, and one ballot whatever the
// network does. Without this script the same page works by plain forms.
import { encoded, fault, walk } from "./paths.js";
import { answerLines, arrange, drawn, fill, goTo, groups, make, mark, randomBytes, readAnswer, shortLabel, showQuestion, tapped,
  writeAnswer } from "./js";
import { draftKey, keep, take, wipe } from "./draft.js";
import { offer } from "./receipt.js";
import { cast, unitOfSlip } from "./sending.js";

const $ = (id) => document.getElementById(id);
const data = JSON.parse($("poll").textContent);
const { items, words } = data;
const title = document.title;
const views = { start: $("start"), check: $("check") };
const key = draftKey(data.poll);
const link = new URLSearchParams(location.hash.slice(1));
const english = document.documentElement.lang === "en";

const fresh = () => ({ answers: {}, order: drawn(items), unit: "", credential: null, at: "start", tried: [],
  nonce: randomText(), openers: { ballot: randomText() }, sending: "", shared: false });
const randomText = () => btoa(String.fromCharCode(...randomBytes(32))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

let state = null;
let walked = null;
let current = "start";
let done = false;
let kept = true;

// ---- what is asked of this person

function rewalk() {
  walked = walk(items, state.answers, data.units[state.unit] || {});
  walked.asked.forEach((item) => { place[item.id] = walked.asked.indexOf(item); });
}
const place = {};
const isAsked = (item) => walked.asked.includes(item);
const parts = () => data.sections.filter((section) => items.some((item) => item.section === section.id && isAsked(item)));
const inPart = (id) => items.filter((item) => item.section === id);
const heading = (id) => $(`part-${id}`).querySelector("h1");

function save() {
  kept = state.shared ? false : keep(key, state);
}

function refresh() {
  rewalk();
  inPart(state.at).forEach((item) => showQuestion(item, walked, isAsked(item) ? place[item.id] : -1));
  const here = parts();
  const at = here.findIndex((section) => section.id === state.at);
  $("part").textContent = fill(words.part, { n: at + 1, all: here.length });
  $("count").textContent = fill(words.count, { n: walked.asked.filter((item) => item.id in walked.kept).length, all: walked.asked.length });
  const next = here[at + 1];
  const note = [words.not_sent, kept ? words.saved : state.shared ? words.shared : words.unsaved,
    next ? fill(words.next, { title: heading(next.id).textContent }) : words.next_check].join(english ? " " : "");
  if ($("saved").textContent !== note) $("saved").textContent = note;
}

// ---- moving

function show(view, push) {
  if (done) return;
  const part = data.sections.find((section) => section.id === view);
  if (part && !parts().includes(part)) view = parts()[0].id;
  current = view;
  if (view !== "start") { state.at = view; save(); }
  Object.values(views).forEach((one) => { one.hidden = true; });
  $("answers").hidden = !$(`part-${view}`);
  data.sections.forEach((section) => { $(`part-${section.id}`).hidden = section.id !== view; });
  $("faults").textContent = "";
  if (views[view]) views[view].hidden = false;
  if (view === "check") list();
  else if (view !== "start") refresh();
  if (push) history.pushState({ view }, "");
  const head = views[view] ? views[view].querySelector("h1") : heading(view);
  document.title = view === "start" ? title : view in views ? head.textContent
    : `${$("part").textContent}${words.colon}${head.textContent}`;
  if (view !== "start") { head.setAttribute("tabindex", "-1"); head.focus(); }
  window.scrollTo(0, 0);
}

function before(view) {
  const here = parts().map((section) => section.id).concat("check");
  return here[here.indexOf(view) - 1] || "start";
}

// Continue: to the next section, or straight on to the check once everything has been asked.
function onward() {
  const here = parts().map((section) => section.id).concat("check");
  if (!state.tried.includes(state.at)) state.tried.push(state.at);
  const left = here.slice(here.indexOf(state.at) + 1);
  return left.find((id) => !state.tried.includes(id) || complain(id, true)) || "check";
}

// ---- faults, on top and at the question, in the same words

function complain(part, quietly) {
  const wrong = inPart(part).filter(isAsked).map((item) => [item, fault(item, walked)]).filter(([, kind]) => kind);
  if (quietly) return wrong.length > 0;
  inPart(part).filter((item) => item.kind !== "info").forEach((item) => mark(item, ""));
  $("faults").textContent = "";
  if (!wrong.length) return false;
  const only = wrong.every(([, kind]) => kind === "missing");
  const head = fill((only ? words.missing : words.wrong)[wrong.length === 1 ? 0 : 1], { n: wrong.length });
  const summary = make("div", undefined, { class: "error-summary", role: "alert", tabindex: "-1" });
  const found = make("ul");
  wrong.forEach(([item, kind]) => {
    const sentence = fill((data.faults[item.id] || {})[kind] || words.foreign, {});
    mark(item, sentence);
    const to = make("a", fill(words.at_question, { n: place[item.id] + 1 }) + sentence, { href: `#${item.id}` });
    to.addEventListener("click", (event) => { event.preventDefault(); goTo(item); });
    const line = make("li");
    line.appendChild(to);
    found.appendChild(line);
  });
  [make("h2", head), make("p", words.kept), found].forEach((one) => summary.appendChild(one));
  $("faults").appendChild(summary);
  document.title = words.error + head;
  window.scrollTo(0, 0);
  summary.focus();
  return true;
}

// ---- check answers

function list() {
  rewalk();
  const given = $("given");
  given.textContent = "";
  parts().forEach((section) => {
    const rows = make("dl", undefined, { class: "answers" });
    inPart(section.id).filter(isAsked).forEach((item) => rows.appendChild(row(item, section.id)));
    given.appendChild(make("h2", heading(section.id).textContent));
    given.appendChild(rows);
  });
  settle();
}

function row(item, part) {
  const here = make("div");
  const said = make("dd");
  const text = answerLines(item, walked, words);
  text.forEach((one, at) => { if (at) said.appendChild(make("br")); said.appendChild(document.createTextNode(one)); });
  if (!text.length) said.appendChild(make("span", words.blank, { class: "optional" }));
  const change = make("dd", undefined, { class: "change" });
  const button = make("button", words.change, { type: "button", class: "as-link", "aria-label": words.change_what + shortLabel(item) });
  button.addEventListener("click", () => { show(part, true); goTo(item); });
  change.appendChild(button);
  [make("dt", shortLabel(item)), said, change].forEach((one) => here.appendChild(one));
  return here;
}

// Once sending has begun nothing may change: a second try must carry the same bytes, or it would be another ballot.
function settle() {
  $("check").classList.toggle("settled", Boolean(state.sending));
  $("check-back").hidden = Boolean(state.sending);
}

// ---- sending

function ballot() {
  const comments = items.filter((item) => item.kind === "text" && walked.kept[item.id]).map((item) => {
    state.openers[item.id] = state.openers[item.id] || randomText();
    return { item: item.id, text: walked.kept[item.id].replace(/\r\n?/g, "\n"), opener: state.openers[item.id] };
  });
  return JSON.stringify({ nonce: state.nonce, opener: state.openers.ballot, answers: encoded(items, walked), comments, credential: state.credential });
}

async function send() {
  rewalk();
  if (!state.sending) {
    const bad = parts().find((section) => complain(section.id, true));
    if (bad) { show(bad.id, true); complain(bad.id); return; }
    state.sending = ballot();
    save();
  }
  settle();
  tell("");
  $("send").disabled = true;
  const said = await cast(data.poll, state.sending, (again) => { $("sending").textContent = again ? words.again : words.sending; });
  $("send").disabled = false;
  if (said.receipt) { received(said.receipt); return; }
  $("sending").textContent = "";
  if (said.lost) { tell(kept ? words.lost : words.lost_shared); $("send").textContent = words.try_again; return; }
  // refused for a reason: nothing was stored, so the answers may be changed again
  state.sending = "";
  save();
  settle();
  tell(words[said.error] || words.refused);
}

function tell(sentence) {
  const outcome = $("outcome");
  outcome.textContent = "";
  if (sentence) outcome.appendChild(make("p", sentence, { class: "banner banner-caution" }));
}

// Received: nothing of it stays in this browser, and the address is that of the page anybody can open.
function received(receipt) {
  done = true;
  wipe(key);
  state = fresh();
  walked = null;
  document.querySelectorAll("form").forEach((form) => form.reset());
  items.forEach((item) => { if (item.kind !== "info") writeAnswer(item, undefined); });
  $("given").textContent = "";
  $("answers").remove();
  $("check").remove();
  $("start").remove();
  history.replaceState({ view: "thanks" }, "", `/b/${data.poll}/thanks${english ? "?lang=en" : ""}`);
  if ($("other-language")) $("other-language").href = `/b/${data.poll}/thanks${english ? "" : "?lang=en"}`;
  $("thanks").hidden = false;
  offer(data.poll, receipt);
  document.title = `${$("thanks").querySelector("h1").textContent} · ${data.organisation}`;
  $("thanks").querySelector("h1").focus();
  window.scrollTo(0, 0);
}

// ---- starting

async function begin(event) {
  event.preventDefault();
  const field = $("code") || $("unit");
  const typed = field.value.trim();
  refuse("");
  if (!typed) { refuse($("code") ? words.no_code : words.no_unit); return; }
  state.shared = $("shared").checked;
  if (state.shared) wipe(key);
  if ($("code")) {
    if (!state.credential || state.credential.slip !== typed) {
      $("go").disabled = true;
      const said = await unitOfSlip(data.poll, typed);
      $("go").disabled = false;
      if (!said.unit) { refuse(words[said.error] || words.lost_start); return; }
      state.unit = said.unit;
      state.credential = { slip: typed };
    }
  } else {
    state.unit = typed;
    state.credential = { unit: typed };
  }
  rewalk();
  show(state.at === "start" ? parts()[0].id : state.at, true);
}

function refuse(sentence) {
  const field = $("code") || $("unit");
  $("right").classList.toggle("item-error", Boolean(sentence));
  $(`${field.id}-e`).textContent = sentence;
  document.title = sentence ? words.error + sentence : title;
  if (sentence) field.focus();
}

// What the link already knows, e.g. which service this is about.
function prefill() {
  const known = items.filter((item) => item.prefill && item.choices.includes(link.get(item.prefill)));
  known.forEach((item) => { state.answers[item.id] = link.get(item.prefill); });
  return known.length > 0;
}

function restore() {
  arrange(items, state.order);
  items.forEach((item) => {
    if (item.kind === "best_worst") groups(item, words);
    if (item.kind !== "info") writeAnswer(item, state.answers[item.id]);
  });
  const field = $("code") || $("unit");
  const said = link.get("s") || link.get("u");
  if (said) field.value = said;
  else if (state.credential) field.value = state.credential.slip || state.credential.unit;
  $("shared").checked = state.shared;
}

function start() {
  const carried = take(key);
  try {
    state = Object.assign(fresh(), carried.state);
    restore();
  } catch (unreadable) { // not a draft of ours
    wipe(key);
    carried.state = null;
    state = fresh();
    restore();
  }
  if (!carried.state && prefill()) restore();
  rewalk();
  $("shared-choice").hidden = false;
  $("begin-hint").textContent = words.stays;
  if (carried.state && state.at !== "start" && !carried.moved) {
    $("resume").hidden = false;
    $("resume").querySelector("span").textContent = state.sending ? words.resume_sending : words.resume;
    $("go").textContent = words.go_on;
    $("anew").hidden = false;
  }
  // the code must not travel on when the page is forwarded; `?from=...` stays as it came
  history.replaceState(history.state || { view: "start" }, "", location.pathname + location.search);
  const at = carried.moved ? state.at : carried.state && history.state && history.state.view;
  if (at && at !== "start" && state.credential) show(at, false);
}

function changed(event) {
  const holder = event.target.closest("[data-item]");
  if (!holder) return;
  const item = items.find((one) => one.id === holder.dataset.item);
  const said = event.type === "change" ? tapped(item, event.target, words) : "";
  const answer = readAnswer(item, state.order);
  if (answer === undefined || (Array.isArray(answer) && !answer.length)) delete state.answers[item.id];
  else state.answers[item.id] = answer;
  if (event.type === "change") mark(item, said);
  save();
  refresh();
}

start();
$("begin").addEventListener("submit", begin);
$("answers").addEventListener("change", changed);
$("answers").addEventListener("input", (event) => { if (event.target.type === "text" || event.target.tagName === "TEXTAREA") changed(event); });
$("answers").addEventListener("submit", (event) => { event.preventDefault(); if (!complain(state.at)) show(onward(), true); });
$("check").addEventListener("submit", (event) => { event.preventDefault(); send(); });
[$("back"), $("check-back")].forEach((one) => one.addEventListener("click", (event) => { event.preventDefault(); show(before(state.at), true); }));
$("anew").addEventListener("click", () => { wipe(key); location.reload(); });
if ($("other-language")) $("other-language").addEventListener("click", (event) => {
  if (done) return;
  const field = $("code") || $("unit");
  if (current !== "start") keep(key, state, true);
  else if (field.value) event.currentTarget.hash = `${field.id === "code" ? "s" : "u"}=${encodeURIComponent(field.value)}`;
});
window.addEventListener("popstate", (event) => { show((event.state && event.state.view) || "start", false); });
