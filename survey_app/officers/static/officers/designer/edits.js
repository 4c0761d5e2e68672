// What can be done to a questionnaire, as pure functions: document in, document out.
import { get, insert, moveWithin, removeAt, set } from "./tree.js";

export const itemPath = ([section, item]) => ["sections", section, "items", item];
const itemsPath = (section) => ["sections", section, "items"];

export function everyItem(document) {
  return document.sections.flatMap((section, s) => section.items.map((item, i) => ({ item, place: [s, i] })));
}

export const placeOf = (document, id) => {
  const found = everyItem(document).find(({ item }) => item.id === id);
  return found ? found.place : null;
};

const idsOf = (document) =>
  new Set([...everyItem(document).map(({ item }) => item.id), ...document.sections.map((section) => section.id)]);

// q7, or q7_2 after q7: never one that stands already, because answers are kept under it.
export function freshId(document, base = "") {
  const taken = idsOf(document);
  if (base) {
    const stem = base.replace(/_\d+$/, "").slice(0, 34);
    for (let n = 2; ; n++) if (!taken.has(`${stem}_${n}`)) return `${stem}_${n}`;
  }
  for (let n = everyItem(document).length + 1; ; n++) if (!taken.has(`q${n}`)) return `q${n}`;
}

const option = (id) => ({ id, zh: "", en: "" });
// What a new question of each type begins with comes from the page: pairs of type and properties.
let starts = {};
export let TYPES = [];
export function begin(told) {
  starts = Object.fromEntries(told);
  TYPES = told.map(([type]) => type);
}
const startOf = (type) => JSON.parse(JSON.stringify(starts[type]));

export function newItem(document, type) {
  return { id: freshId(document), type, zh: "", en: "", ...startOf(type) };
}

export function addItems(document, [section, at], items) {
  let changed = document;
  for (const [n, item] of items.entries()) {
    const clash = idsOf(changed).has(item.id);
    changed = insert(changed, itemsPath(section), at + n, clash ? { ...item, id: freshId(changed, item.id) } : item);
  }
  return changed;
}

export function duplicated(document, place) {
  const copy = JSON.parse(JSON.stringify(get(document, itemPath(place))));
  delete copy.stable; // a copy has no history to be compared with
  return addItems(document, [place[0], place[1] + 1], [copy]);
}

export const withoutItem = (document, [section, at]) => removeAt(document, itemsPath(section), at);

// To a place as places are before the move; within one section or to another.
export function movedItem(document, from, to) {
  if (from[0] === to[0]) {
    const at = to[1] > from[1] ? to[1] - 1 : to[1];
    return at === from[1] ? document : moveWithin(document, itemsPath(from[0]), from[1], at);
  }
  const item = get(document, itemPath(from));
  return insert(withoutItem(document, from), itemsPath(to[0]), to[1], item);
}

// One step up or down, over the border of a section too. Null where there is no further.
export function stepTo(document, [section, at], by) {
  const sections = document.sections;
  if (by < 0) {
    if (at > 0) return [section, at - 1];
    return section > 0 ? [section - 1, sections[section - 1].items.length] : null;
  }
  if (at < sections[section].items.length - 1) return [section, at + 2];
  return section < sections.length - 1 ? [section + 1, 0] : null;
}

export function addSection(document, at) {
  const taken = idsOf(document);
  let n = document.sections.length + 1;
  while (taken.has(`part${n}`)) n++;
  return insert(document, ["sections"], at, { id: `part${n}`, title_zh: "", title_en: "", items: [] });
}

// A section goes only when it is empty: questions are never lost by the way.
export const withoutSection = (document, at) =>
  document.sections[at].items.length ? document : removeAt(document, ["sections"], at);

export const movedSection = (document, from, to) => moveWithin(document, ["sections"], from, to);

// Options, extra options and rows are lists of { id, zh, en }.
export function addEntry(document, listPath, at) {
  const list = get(document, listPath) || [];
  const letter = listPath[listPath.length - 1] === "rows" ? "r" : "o";
  const taken = new Set(list.map((entry) => entry.id));
  let n = list.length + 1;
  while (taken.has(`${letter}${n}`)) n++;
  return insert(document, listPath, at, option(`${letter}${n}`));
}

// Lines of text become entries, one each: how people paste a list they have.
export function pastedEntries(document, listPath, at, lines) {
  let changed = set(document, [...listPath, at, "zh"], lines[0]);
  for (const [n, line] of lines.slice(1).entries()) {
    changed = addEntry(changed, listPath, at + 1 + n);
    changed = set(changed, [...listPath, at + 1 + n, "zh"], line);
  }
  return changed;
}

// Another type keeps every word, and the options where both types have them.
export function retyped(document, place, type) {
  const old = get(document, itemPath(place));
  const kept = {};
  const common = ["id", "zh", "en", "help_zh", "help_en", "short_zh", "short_en", "sensitive", "show_if", "module"];
  for (const key of common) if (old[key] !== undefined) kept[key] = old[key];
  const start = startOf(type);
  if (start.options && old.options) start.options = old.options;
  if (start.options && old.rows) start.options = old.rows;
  if (start.rows && old.options) start.rows = old.options.map(({ id, zh, en }) => ({ id, zh, en }));
  if (start.scale && old.scale) start.scale = old.scale;
  if (start.max_select) start.max_select = Math.min(start.max_select, start.options.length);
  if (start.required && old.required === undefined && old.type !== "info") delete start.required;
  return set(document, itemPath(place), { ...kept, type, ...start });
}

export const movedEntry = (document, listPath, from, to) => moveWithin(document, listPath, from, to);
export const withoutEntry = (document, listPath, at) => removeAt(document, listPath, at);

export const withProperty = (document, path, value) => set(document, path, value);
