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
  if (copy.scale && copy.scale.id) copy.scale.id = `scale_${freshId(document, copy.id)}`.slice(0, 40);
  return addItems(document, [place[0], place[1] + 1], [copy]);
}

const REFERENCES = ["item", "options_from", "rows_from", "skip_rows_marked_na_in"];

// A question under another id, and whatever speaks of it along with it; null where the id cannot be.
export function renamed(document, place, fresh) {
  const old = get(document, [...itemPath(place), "id"]);
  if (!/^[a-z][a-z0-9_]{0,39}$/.test(fresh) || (fresh !== old && idsOf(document).has(fresh))) return null;
  const follow = (node) => {
    if (Array.isArray(node)) {
      const next = node.map(follow);
      return next.some((one, at) => one !== node[at]) ? next : node;
    }
    if (node === null || typeof node !== "object") return node;
    let copy = node;
    for (const [key, value] of Object.entries(node)) {
      const next = REFERENCES.includes(key) && value === old ? fresh : follow(value);
      if (next !== value) copy = { ...copy, [key]: next };
    }
    return copy;
  };
  return set(follow(document), [...itemPath(place), "id"], fresh);
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

// An empty section, or a copy of a ready one with its questions.
export function addSection(document, at, ready = null) {
  const taken = idsOf(document);
  if (ready) {
    const section = JSON.parse(JSON.stringify(ready));
    for (let n = 2; taken.has(section.id); n++) section.id = `${ready.id}_${n}`;
    return addItems(insert(document, ["sections"], at, { ...section, items: [] }), [at, 0], section.items);
  }
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

// What a question keeps whatever its type. `stable` is not among it: another type has no history to be compared with.
const KEPT = ["id", "zh", "en", "zh_before", "help_zh", "help_en", "help_zh_before", "short_zh", "short_en", "short_zh_before", "sensitive", "show_if", "module", "stage", "prefill"];

// Another type keeps every word, the options where both types have them, and what it counts towards where the type counts.
export function retyped(document, place, type) {
  const old = get(document, itemPath(place));
  const kept = {};
  for (const key of KEPT) if (old[key] !== undefined) kept[key] = old[key];
  const measures = old.feeds || old.themes;
  if (measures && type !== "info") kept[type === "text" ? "themes" : "feeds"] = measures;
  const start = startOf(type);
  if (start.options && old.options) {
    start.options = old.options;
    if (old.randomize) kept.randomize = true;
  }
  if (start.options && old.rows) start.options = old.rows;
  if (start.rows && old.options) start.rows = old.options.map(({ exclusive, value, ...row }) => row);
  if (start.scale && old.scale) {
    start.scale = old.scale;
    if (!old.na) delete start.na; // a scale of its own may have no words for it
  }
  if (start.max_select) start.max_select = Math.min(start.max_select, start.options.length);
  if (start.required && old.required === undefined && old.type !== "info") delete start.required;
  return set(document, itemPath(place), { ...kept, type, ...start });
}

// What did not come along into another type: "stable", "measures", "entries" (options, rows, points that were written).
export function lostBetween(old, fresh) {
  const entries = (item) => [...(item.options || []), ...(item.rows || []), ...((item.scale && item.scale.options) || [])].filter((each) => !each.exclusive && (each.zh || each.en));
  const left = new Set(entries(fresh).map(({ zh, en }) => JSON.stringify([zh, en])));
  return [
    old.stable && !fresh.stable && "stable",
    (old.feeds || old.themes) && !(fresh.feeds || fresh.themes) && "measures",
    entries(old).some(({ zh, en }) => !left.has(JSON.stringify([zh, en]))) && "entries",
  ].filter(Boolean);
}

// A way out for who does not know. A scale of the question's own gets the usual words for it, if it has none yet.
export function withWayOut(document, place, on, usual) {
  const path = itemPath(place);
  const scale = get(document, [...path, "scale"]);
  const wordless = on && usual && scale && typeof scale === "object" && !scale.na;
  return set(wordless ? set(document, [...path, "scale", "na"], { ...usual }) : document, [...path, "na"], on ? true : undefined);
}

// A scale of the question's own, begun from the one it has; its values follow the order, from high to low.
export function ownScale(document, place, scale) {
  const item = get(document, itemPath(place));
  const copied = JSON.parse(JSON.stringify(scale));
  const listPath = [...itemPath(place), "scale", "options"];
  return numbered(set(document, listPath.slice(0, -1), { id: `scale_${item.id}`.slice(0, 40), points: 0, ...copied }), listPath);
}

function numbered(document, listPath) {
  const options = get(document, listPath);
  const points = options.length;
  const valued = set(document, listPath, options.map((each, at) => ({ ...each, value: points - at })));
  return set(valued, [...listPath.slice(0, -1), "points"], points);
}

// The same acts on lists, with something that always follows from the list.
const listEdits = (settle) => Object.fromEntries(Object.entries({ addEntry, pastedEntries, movedEntry, withoutEntry }).map(([name, act]) =>
  [name, (document, listPath, ...rest) => settle(act(document, listPath, ...rest), listPath)]));

// The points of a scale have values.
export const scaleEdits = () => listEdits(numbered);

// The options of a first-and-last question have a design of their number, if there is one.
export const designEdits = (designs) => listEdits((document, listPath) => {
  const path = [...listPath.slice(0, -1), "design"];
  const many = get(document, listPath).length;
  const fits = (name) => designs[name] && designs[name].options === many;
  const other = fits(get(document, path)) ? undefined : Object.keys(designs).find(fits);
  return other ? set(document, path, other) : document;
});

// Where options or rows come from: the question's own list, a list of the library, or what was chosen earlier.
// `source`: "", "ref:<list>" or "from:<item>"; `listed`: what an own list begins with.
export function sourced(document, place, key, source, listed) {
  const { [key]: own, [`${key}_ref`]: ref, [`${key}_from`]: from, ...rest } = get(document, itemPath(place));
  const [kind, name] = source.split(":");
  const begun = own || (listed.length ? JSON.parse(JSON.stringify(listed)) : startOf(rest.type)[key]);
  if (kind === "") delete rest.extra_options;
  return set(document, itemPath(place), { ...rest, ...(kind === "" ? { [key]: begun } : { [`${key}_${kind}`]: name }) });
}

export const movedEntry = (document, listPath, from, to) => moveWithin(document, listPath, from, to);
export const withoutEntry = (document, listPath, at) => removeAt(document, listPath, at);

export const withProperty = (document, path, value) => set(document, path, value);
