// The texts of a questionnaire in both languages, as a list; and the mark an English text gets when its Chinese changes
// after it was written: the Chinese it was made from stands beside it as `zh_before` until somebody looks at it again. Pure.

const isZh = (key) => key === "zh" || key.endsWith("_zh");
const enOf = (key) => `${key.slice(0, -2)}en`;
export const beforeOf = (key) => `${key}_before`;
// The order in which people read; documents are kept with their keys in another.
const ORDER = ["title_zh", "purpose_zh", "intro_zh", "zh", "hint_zh", "help_zh", "short_zh", "low_label_zh", "high_label_zh", "best_label_zh", "worst_label_zh", "scale", "options", "extra_options", "na", "rows", "short_form", "items", "sections", "thanks_zh"];
const placeIn = ([key]) => (ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length);
const written = (value) => typeof value === "string" && value.trim() !== "";

// { path: to the Chinese, enPath, beforePath, zh, en, before, owner: id of the question or part, list: "options", ... }
export function everyText(document) {
  const found = [];
  const walk = (node, path, owner, list) => {
    if (Array.isArray(node)) { node.forEach((each, at) => walk(each, [...path, at], owner, list)); return; }
    if (!node || typeof node !== "object") return;
    for (const [key, value] of Object.entries(node).sort((one, other) => placeIn(one) - placeIn(other))) {
      if (isZh(key)) {
        if (written(value)) {
          found.push({ path: [...path, key], enPath: [...path, enOf(key)], beforePath: [...path, beforeOf(key)], zh: value, en: node[enOf(key)] || "", before: node[beforeOf(key)], owner, list, stem: key.slice(0, -2).replace(/_$/, "") });
        }
      } else if (key === "sections" || key === "items") {
        (Array.isArray(value) ? value : []).forEach((each, at) => walk(each, [...path, key, at], each ? each.id : owner, ""));
      } else walk(value, [...path, key], owner, list || key);
    }
  };
  walk(document, [], null, "");
  return found;
}

export const stateOf = ({ en, before }) => (!written(en) ? "missing" : before !== undefined ? "changed" : "");

// The next document, with marks put and taken away by what changed since `old`; parts that are the same are not looked at.
export function marked(old, next) {
  if (old === next || !next || typeof next !== "object" || !old || typeof old !== "object") return next;
  if (Array.isArray(next)) {
    if (!Array.isArray(old)) return next;
    const byId = new Map(old.filter((each) => each && each.id).map((each) => [each.id, each]));
    const list = next.map((each, at) => (each && each.id ? marked(byId.get(each.id), each) : marked(old[at], each)));
    return list.some((each, at) => each !== next[at]) ? list : next;
  }
  let changed = next;
  const put = (key, value) => {
    if (changed === next) changed = { ...next };
    if (value === undefined) delete changed[key]; else changed[key] = value;
  };
  for (const [key, value] of Object.entries(next)) {
    if (isZh(key)) {
      const mark = markOf(old, next, key);
      if (mark !== next[beforeOf(key)]) put(beforeOf(key), mark);
    } else if (value !== old[key]) {
      const inner = marked(old[key], value);
      if (inner !== value) put(key, inner);
    }
  }
  return changed;
}

// The Chinese that the English of `key` was made from, if it is no longer the Chinese that stands.
function markOf(old, next, key) {
  const [en, mark] = [next[enOf(key)], next[beforeOf(key)]];
  if (!written(en)) return undefined;
  if (en !== old[enOf(key)]) return mark === old[beforeOf(key)] ? undefined : mark; // the English was looked at
  if (next[key] === old[key] || !written(old[key])) return mark;
  const from = mark === undefined ? old[key] : mark;
  return from === next[key] ? undefined : from;
}
