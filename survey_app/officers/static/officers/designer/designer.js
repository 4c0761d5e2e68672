// The questionnaire designer. Here its parts are wired together:
//   tree, edits    the document as a value, and what can be done to it (pure)
//   store          the document now, what is selected, undo and redo
//   outline, canvas, properties   the three columns        fields, elements, words   what they are made of
//   saving         the way to the server and back           findings   what its checks say
//   keys, dragging, clipboard, dialogs                      by hand, by keyboard
//   logic, translations, bank, preview                      the other tabs and windows
import * as edits from "./edits.js";
import { openAt } from "./arriving.js";
import { makeBank } from "./bank.js";
import { makeCanvas } from "./canvas.js";
import { makeClipboard } from "./clipboard.js";
import { ask } from "./dialogs.js";
import { makeDragging } from "./dragging.js";
import { $, make, say } from "./elements.js";
import { makeFindingLines, makeFindings } from "./findings.js";
import { listenToKeys } from "./keys.js";
import { makeLogic } from "./logic.js";
import { makeOutline } from "./outline.js";
import { makePreview } from "./preview.js";
import { makeProperties } from "./properties.js";
import { makeSaving } from "./saving.js";
import { makeStore } from "./store.js";
import { makeTabs } from "./tabs.js";
import { marked } from "./texts.js";
import { makeTranslations } from "./translations.js";
import { get } from "./tree.js";
import { said, word } from "./words.js";

const told = JSON.parse($("draft").textContent);
edits.begin(told.starts);
const store = makeStore(told.document, { onEdit: marked });
let findings = makeFindings(told.check, told.document);
let bothLanguages = told.document.sections.some((section) => section.title_en) || Boolean(told.document.title_en);
const languages = () => (bothLanguages ? ["zh", "en"] : ["zh"]);

const selectedPlace = () => store.selected && edits.placeOf(store.document, store.selected);
const tell = (sentence) => { $("told").textContent = sentence; };

const act = {
  undo() { store.undo(); tell(word("undone")); },
  redo() { store.redo(); tell(word("redone")); },
  save() { saving.now(); },
  async add(place) {
    const type = await ask({ title: word("which_type"), list: true, light: true, choices: edits.TYPES.map((each) => ({ value: each, label: word(`type_${each}`), hint: word(`type_hint_${each}`) })) });
    if (type) act.insert(place, [edits.newItem(store.document, type)]);
  },
  insert(place, items) {
    const last = store.document.sections.length - 1;
    const [s, i] = place || [last, store.document.sections[last].items.length];
    const next = edits.addItems(store.document, [s, i], items);
    store.apply(next, { select: get(next, edits.itemPath([s, i])).id });
    act.write();
  },
  addAfterSelected() {
    const place = selectedPlace();
    if (place) return act.add([place[0], place[1] + 1]);
    const section = store.document.sections.findIndex((each) => each.id === store.selected);
    return act.add(section < 0 ? null : [section, store.document.sections[section].items.length]);
  },
  duplicate(id) {
    const place = edits.placeOf(store.document, id);
    const next = edits.duplicated(store.document, place);
    store.apply(next, { select: get(next, edits.itemPath([place[0], place[1] + 1])).id });
    act.write();
  },
  async remove(id) {
    const rests = tabs.logic && tabs.logic.isRestedOn(id) ? await tabs.logic.mayRemove(id) : store.document;
    if (rests === null) return;
    const [s, i] = edits.placeOf(rests, id);
    const next = edits.withoutItem(rests, [s, i]);
    const left = next.sections[s].items;
    const neighbour = left[Math.min(i, left.length - 1)];
    store.apply(next, { select: neighbour ? neighbour.id : next.sections[s].id });
    focusOutline();
    tell(word("removed"));
  },
  step(id, by) {
    const place = edits.placeOf(store.document, id);
    const to = edits.stepTo(store.document, place, by);
    if (to) store.apply(edits.movedItem(store.document, place, to));
  },
  async addSection(at) {
    const choices = [{ value: null, label: word("part_empty"), hint: word("part_empty_hint") }, ...told.sections.map((section) => ({ value: section, label: said(section.title_zh, section.title_en), hint: section.items.map((item) => said(item.zh, item.en).replace(/[:：]$/, "")).join(word("comma")) }))];
    const chosen = await ask({ title: word("which_part"), light: true, choices: choices.map((each, n) => ({ ...each, value: n + 1 })) });
    if (!chosen) return;
    const next = edits.addSection(store.document, at, choices[chosen - 1].value);
    store.apply(next, { select: next.sections[at].id });
    act.write();
  },
  removeSection(at) {
    const next = edits.withoutSection(store.document, at);
    store.apply(next, { select: next.sections[Math.max(0, at - 1)].id });
  },
  duplicateSelected: () => withSelected(act.duplicate),
  removeSelected: () => withSelected(act.remove),
  stepSelected: (by) => withSelected((id) => act.step(id, by)),
  write() {
    const node = canvas.nodeOf(store.selected);
    const field = node && node.querySelector("textarea");
    if (field) field.focus({ preventScroll: true });
    if (node) requestAnimationFrame(() => node.scrollIntoView({ block: "nearest" })); // with the layout that is due anyway
  },
  settings() {
    properties.draw();
    const heading = $("properties").querySelector("h2");
    heading.scrollIntoView({ block: "start" });
    heading.focus({ preventScroll: true });
  },
  leave() { focusOutline(); },
  // Round the bar, the list, the questions and the settings: nobody should have to walk through one to get to the next.
  column(by) {
    properties.draw();
    const open = [".designer-bar", ".designer-outline", "#canvas", "#properties", ".panel:not([hidden])"].map((each) => document.querySelector(each)).filter((each) => each && each.getClientRects().length);
    const at = open.findIndex((each) => each.contains(document.activeElement));
    const next = open[(at + by + open.length) % open.length];
    const wanted = next.querySelector(".is-on textarea, [aria-current=true]") || [...next.querySelectorAll("button:not(:disabled), a[href], input, select, textarea")].find((each) => each.getClientRects().length);
    if (wanted) wanted.focus();
  },
  ruleWords: (condition) => (tabs.logic ? tabs.logic.inWords(condition) : word("has_rule")),
  editRule: (id) => tabs.logic && tabs.logic.edit(id),
};

function withSelected(run) {
  if (!selectedPlace()) return false;
  run(store.selected);
  return true;
}

function focusOutline() {
  const line = store.selected && document.querySelector(`#outline [data-go="${CSS.escape(store.selected)}"]`);
  if (line) line.focus();
}

async function mend(one) {
  const response = await fetch(`${told.address}/mend`, {
    method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": told.token },
    body: JSON.stringify({ document: store.document, rule: one.rule, path: one.path }),
  }).catch(() => null);
  if (response && response.ok) store.apply((await response.json()).document, { select: store.selected });
  else tell(word("mend_failed"));
}

const saving = makeSaving({
  address: told.address, token: told.token, revision: told.revision,
  onState(state, values = {}) {
    const holder = $("state");
    if (state === "unsaved" && holder.dataset.state === "unsaved") return;
    holder.dataset.state = state;
    holder.textContent = word(`state_${state}`, values);
    if (state === "signed_out") holder.append(" ", make("a", { href: "/officers/sign-in", target: "_blank", rel: "noopener" }, word("sign_in_again")));
  },
  onCheck(check, checked) {
    const found = makeFindings(check, checked);
    if (found.signature !== findings.signature) findings = found; // the same remarks draw nothing again
    told.check = check;
    drawSummary();
    outline.draw();
    canvas.draw();
    properties.draw();
    for (const tab of Object.values(tabs)) if (tab && tab.checked) tab.checked(check);
  },
  async onConflict(theirs, mine) {
    const choice = await ask({
      title: word("conflict_title"), closable: false,
      sentences: [word("conflict_who", { by: theirs.by, at: theirs.at }), word("conflict_kept")],
      choices: [
        { value: "theirs", label: word("conflict_theirs"), hint: word("conflict_theirs_hint"), primary: true },
        { value: "mine", label: word("conflict_mine"), hint: word("conflict_mine_hint") },
        { value: "copy", label: word("conflict_copy"), hint: word("conflict_copy_hint") },
      ],
    });
    if (choice === "mine") { saving.keepMine(mine); return; }
    if (choice === "copy") await copyOf(mine);
    saving.takeTheirs(theirs);
    stands = theirs.document; // what was written here stays one undo away
    store.replace(theirs.document);
  },
});

async function copyOf(mine) {
  const response = await fetch("/officers/drafts/copies", {
    method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": told.token },
    body: JSON.stringify({ document: mine, origin: told.id }),
  }).catch(() => null);
  if (response && response.ok) window.open((await response.json()).address, "_blank", "noopener");
}

const findingLines = makeFindingLines({ mend });
const parts = { shared: told.shared, findingsOf: () => findings, languages, act, findingLines };
const canvas = makeCanvas($("canvas"), store, parts); // first to be told: it lets go of the focus before anything is changed
const outline = makeOutline($("outline"), store, { findingsOf: () => findings, onOpen: () => act.write() });
const properties = makeProperties($("properties"), store, parts);
const tabs = {};

const bar = makeTabs($("tabs"), document.querySelector(".designer"));
// `made` with a `panel` becomes a tab of the bar; all are told of each check (`checked`).
export function addTab(name, made) {
  tabs[name] = made;
  if (made.panel) bar.add(name, made);
}
export const designer = { told, store, act, tabs: bar, tell, languages, findings: () => findings, saving, redraw: () => { canvas.redraw(); properties.redraw(); } };

let stands = told.document; // what the server has, or was sent
store.listen(() => {
  if (store.document !== stands) saving.changed(store.document);
  stands = store.document;
  $("undo").disabled = !store.canUndo;
  $("redo").disabled = !store.canRedo;
  drawSummary();
});

function drawSummary() {
  say($("draft-title"), said(store.document.title_zh, store.document.title_en) || word("untitled_whole"));
  say($("n-items"), word(told.check.minutes ? "n_items_minutes" : "n_items", { n: edits.everyItem(store.document).filter(({ item }) => item.type !== "info").length, minutes: told.check.minutes }));
  const stop = findings.blocking;
  say($("remarks"), stop ? word("n_blocking", { n: stop }) : findings.warnings ? word("n_warnings", { n: findings.warnings }) : word("no_remarks"));
}

$("undo").addEventListener("click", act.undo);
$("redo").addEventListener("click", act.redo);
$("add-item").addEventListener("click", () => act.addAfterSelected());
$("add-part").addEventListener("click", () => act.addSection(store.document.sections.length));
$("whole").addEventListener("click", () => { store.select(null); $("properties").scrollIntoView({ block: "nearest" }); });
$("languages").addEventListener("change", (event) => { bothLanguages = event.target.checked; designer.redraw(); });
$("languages").checked = bothLanguages;
makeDragging($("outline"), { placeOf: (id) => edits.placeOf(store.document, id), onDrop: (id, to) => store.apply(edits.movedItem(store.document, edits.placeOf(store.document, id), to), { select: id }) });
makeClipboard(store, { act, tell, word });
listenToKeys(act);

addTab("logic", makeLogic(designer));
addTab("translation", makeTranslations(designer));
tabs.translation.count();
outline.draw();
canvas.draw();
properties.draw();
drawSummary();
addTab("preview", makePreview($("side-top"), designer));
makeBank($("add-from-bank"), designer);
openAt(designer, canvas, properties);

const kept = saving.recovered();
if (kept && JSON.stringify(kept.document) !== JSON.stringify(told.document)) {
  ask({ title: word("recovered_title"), sentences: [word("recovered_sentence")], closable: false, choices: [
    { value: true, label: word("recovered_yes"), primary: true }, { value: false, label: word("recovered_no") },
  ] }).then((yes) => { if (yes) store.replace(kept.document); else saving.forget(); });
} else {
  saving.forget();
}
