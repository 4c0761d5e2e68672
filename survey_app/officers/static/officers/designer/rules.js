// Rules ("show this if ...") as values: what they rest on, and what breaks when a question moves, changes or goes. Pure.
import { everyItem } from "./edits.js";
import { set } from "./tree.js";

export const MISSING = ["na", "dk", "pnts"]; // options that stand for no answer
const CARRIED = ["options_from", "rows_from", "skip_rows_marked_na_in"];
const WITH_CHOICES = ["single", "multi", "rating", "likelihood"];

export const hasChoices = (item) => WITH_CHOICES.includes(item.type);
const partsOf = (condition) => condition.all || condition.any || null;

// Every condition on an item inside this one.
export function onItems(condition) {
  if (!condition) return [];
  const parts = partsOf(condition);
  return Array.isArray(parts) ? parts.flatMap(onItems) : condition.item ? [condition] : [];
}

// The condition without what it says of one item; undefined if nothing is left.
export function pruned(condition, id) {
  const key = condition.all ? "all" : "any";
  if (partsOf(condition)) {
    const left = condition[key].map((part) => pruned(part, id)).filter(Boolean);
    return left.length > 1 ? { ...condition, [key]: left } : left[0];
  }
  return condition.item === id ? undefined : condition;
}

// Every rule of the document: of questions and of whole parts, in order.
export function everyRule(document) {
  return document.sections.flatMap((section, s) => [
    ...(section.show_if ? [{ id: section.id, owner: section, path: ["sections", s], first: [s, 0], condition: section.show_if }] : []),
    ...section.items.flatMap((item, i) => (item.show_if ? [{ id: item.id, owner: item, path: ["sections", s, "items", i], first: [s, i], condition: item.show_if }] : [])),
  ]);
}

// Who rests on a question: by a rule, or because its options or rows are carried from there.
export function restingOn(document, id) {
  const byRule = everyRule(document).filter(({ condition }) => onItems(condition).some((part) => part.item === id)).map((rule) => rule.id);
  const carried = everyItem(document).filter(({ item }) => CARRIED.some((key) => item[key] === id)).map(({ item }) => item.id);
  return { byRule, carried };
}

export function withoutRulesOn(document, id) {
  return everyRule(document).reduce((changed, { path, condition }) => {
    const left = pruned(condition, id);
    return left === condition ? changed : set(changed, [...path, "show_if"], left);
  }, document);
}

// What no rule can rest on as things stand: { key, kind, id, source, option }. `choicesOf(item)`: its options' ids.
export function broken(document, choicesOf) {
  const places = new Map(everyItem(document).map(({ item, place }, at) => [item.id, { item, at, place }]));
  const found = [];
  const note = (kind, id, source, option = "") => found.push({ key: [kind, id, source, option].join("|"), kind, id, source, option });
  const before = (source, [s, i]) => source.place[0] < s || (source.place[0] === s && source.place[1] < i);
  for (const { id, condition, first } of everyRule(document)) {
    for (const part of onItems(condition)) {
      const source = places.get(part.item);
      if (!source) note("gone", id, part.item);
      else if (!before(source, first)) note("later", id, part.item);
      else if (!hasChoices(source.item)) note("no_choices", id, part.item);
      else {
        const known = choicesOf(source.item);
        for (const option of [...(part.in || []), ...(part.not_in || [])]) if (!known.includes(option)) note("option", id, part.item, option);
      }
    }
  }
  for (const { item, at } of places.values()) {
    for (const key of CARRIED) {
      if (!item[key]) continue;
      const source = places.get(item[key]);
      if (!source) note("gone", item.id, item[key]);
      else if (source.at > at) note("later", item.id, item[key]);
    }
  }
  return found;
}
