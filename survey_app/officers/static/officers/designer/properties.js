// What can be set for the selected question, section or the questionnaire itself, on the right.
import * as edits from "./edits.js";
import { afterShown, make } from "./elements.js";
import { dayField, numberField, selectField, textField, tick } from "./fields.js";
import { refocus } from "./canvas.js";
import { measureField, rareOfItem, rareOfWhole } from "./rare_settings.js";
import { alsoNotice, notice } from "./tabs.js";
import { get } from "./tree.js";
import { said, word } from "./words.js";

export function makeProperties(holder, store, { shared, languages, findingsOf, findingLines, act }) {
  let drawn = [];

  function draw({ field } = { field: null }) {
    const place = store.selected && edits.placeOf(store.document, store.selected);
    const item = place ? get(store.document, edits.itemPath(place)) : null;
    const about = item ? "" : findingsOf().of(null).map((one) => one.key).join();
    const from = [item ? settingsOf(item) : store.document, item ? place.join(".") : store.selected, languages().join(), about];
    if (from.every((value, at) => value === drawn[at])) return;
    const typing = field !== null && holder.contains(document.activeElement);
    drawn = from;
    if (typing) return;
    const focused = holder.contains(document.activeElement) ? document.activeElement : null;
    holder.replaceChildren(...(item ? ofItem(item, edits.itemPath(place), place) : ofWhole()));
    if (focused && !refocus(holder, focused)) holder.querySelector("h2").focus({ preventScroll: true });
  }

  // What the settings show of a question: not its words nor its lists, which are written on the canvas letter by letter.
  function settingsOf(item) {
    const { zh, en, zh_before, en_before, options, extra_options, rows, ...rest } = item;
    return JSON.stringify([rest, Boolean(options), Boolean(rows)]);
  }

  const designsBySize = () => Object.entries(shared.designs).sort(([, one], [, other]) => one.options - other.options);

  const both = (path, name, most) => languages().map((lang) => textField(store, [...path, `${name}_${lang}`], word(`${name}_${lang}`), { lang, most }));

  function ofItem(item, path, place) {
    const parts = [make("h2", { tabindex: "-1" }, word("settings_of_item")),
      make("button", { type: "button", class: "quiet only-narrow", on: { click: () => act.write() } }, word("back_to_item"))];
    parts.push(selectField(store, [...path, "type"], word("type"), edits.TYPES.concat(edits.TYPES.includes(item.type) ? [] : [item.type]).map((type) => [type, word(`type_${type}`)]), {
      change: (type) => { if (type !== item.type) retype(item, path, place, type); },
    }));
    if (item.scale !== undefined) parts.push(scaleField(item, path));
    if (["single", "multi", "rank_top"].includes(item.type)) parts.push(sourceField(item, path, place, "options"));
    if (item.type === "matrix") parts.push(sourceField(item, path, place, "rows"));
    if (item.type !== "info") parts.push(tick(store, [...path, "required"], word("is_required")));
    if (item.scale !== undefined) parts.push(tick(store, [...path, "na"], word("offers_na"), { change: (on) => store.apply(edits.withWayOut(store.document, place, on, usualWayOut())) }));
    if (["multi", "rank_top"].includes(item.type)) parts.push(numberField(store, [...path, "max_select"], word("max_select"), { least: 1, most: 30 }));
    if (item.type === "best_worst") {
      parts.push(selectField(store, [...path, "design"], word("design"), designsBySize().map(([name, { options, screens }]) => [name, word("design_of", { n: options, screens })])),
        ...both(path, "best_label", 40), ...both(path, "worst_label", 40));
    }
    if (item.type === "text") parts.push(numberField(store, [...path, "max_length"], word("max_length"), { least: 1, most: 2000 }));
    if (item.type === "number") parts.push(numberField(store, [...path, "minimum"], word("minimum")), numberField(store, [...path, "maximum"], word("maximum"), { most: 1000000000 }));
    if (item.type === "date") parts.push(dayField(store, [...path, "earliest"], word("earliest")), dayField(store, [...path, "latest"], word("latest")));
    if (item.type === "likelihood") parts.push(...both(path, "low_label", 40), ...both(path, "high_label", 40));
    if (item.type !== "info") parts.push(measureField(store, item, path, shared.measures));
    parts.push(more(() => rareOfItem(store, item, path, place, both)));
    return parts;
  }

  // What is rarely set is made when it is unfolded. The fold itself is kept, so that it stays unfolded from question to question.
  const fold = make("details", { on: { toggle: () => fill() } }, make("summary", {}, word("more_settings")));
  let fill = () => {};
  function more(render) {
    fold.replaceChildren(fold.firstChild);
    fill = () => { if (fold.open && fold.childElementCount === 1) fold.append(...render().filter(Boolean)); };
    fill();
    return fold;
  }

  // Another type, and what of the question it has no room for, with the way back.
  let retold = null; // the question that this is said of, and the type it had
  function retype(item, path, place, type) {
    notice([]);
    store.apply(edits.retyped(store.document, place, type));
    const lost = edits.lostBetween(item, get(store.document, path));
    retold = lost.length ? { id: item.id, type: item.type } : null;
    if (lost.length) alsoNotice(lost.map((what) => word(`retyped_${what}`)), [[word("undo"), () => act.undo()]]);
  }
  store.listen(() => {
    if (retold === null) return;
    const place = edits.placeOf(store.document, retold.id);
    if (place && get(store.document, edits.itemPath(place)).type !== retold.type) return;
    retold = null; // taken back: nothing is lost
    notice([]);
  });

  // The words of the scale that is asked with most often.
  const usualWayOut = () => shared.scale_names.map((id) => shared.scales[id].na).find(Boolean);

  function scaleField(item, path) {
    const place = [path[1], path[3]];
    const names = shared.scale_names.map((id) => [id, shared.scales[id].options.map((choice) => said(choice.zh, choice.en)).join("/")]);
    names.push(["own", word("own_scale")]);
    const now = shared.scales[item.scale] || {};
    const na = now.na || (item.na && usualWayOut());
    const field = selectField(store, [...path, "scale"], word("scale"), names, {
      change: (name) => store.apply(name === "own" ? edits.ownScale(store.document, place, { options: now.options || [], ...(na ? { na } : {}) }) : edits.withProperty(store.document, [...path, "scale"], name)),
    });
    if (typeof item.scale !== "string") field.querySelector("select").value = "own";
    return field;
  }

  // Own options, a list of the library, or what was chosen in an earlier question (for one that asks further of it).
  function sourceField(item, path, place, key) {
    const lists = Object.entries(shared.option_lists).map(([id, listed]) => [`ref:${id}`, word("from_library", { name: listed.slice(0, 3).map((each) => said(each.zh, each.en)).join(word("comma")) })]);
    const earlier = edits.everyItem(store.document).filter(({ item: one, place: [s, i] }) => one.type === "multi" && (s < place[0] || (s === place[0] && i < place[1])));
    const carried = ["single", "matrix"].includes(item.type) ? earlier.map(({ item: one }) => [`from:${one.id}`, word("from_earlier", { name: said(one.zh, one.en) || word("untitled") })]) : [];
    const now = item[`${key}_ref`] ? `ref:${item[`${key}_ref`]}` : item[`${key}_from`] ? `from:${item[`${key}_from`]}` : "";
    const listed = (shared.option_lists[item[`${key}_ref`]] || []).map(({ id, zh, en }) => ({ id, zh, en }));
    const field = selectField(store, [...path, `${key}_source`], word(`${key}_source`), [["", word("from_own")], ...lists, ...carried], {
      change: (source) => store.apply(edits.sourced(store.document, place, key, source, listed)),
    });
    field.querySelector("select").value = now;
    return field;
  }

  function ofWhole() {
    return [make("h2", {}, word("settings_of_whole")), ...findingLines(findingsOf().of(null)),
      ...both([], "title", 120), ...both([], "purpose", 500), ...both([], "intro", 1000), ...both([], "thanks", 500),
      numberField(store, ["minutes"], word("minutes"), { least: 0.5, most: 60, step: 0.5 }),
      tick(store, ["single_page"], word("single_page")), more(() => rareOfWhole(store))];
  }

  // The question comes first: its settings follow when it is on the screen, unless they are what is being changed. Whoever
  // reaches for them before that gets those of this question drawn first, and never changes another one's.
  let due = null; // what the last edit was, as long as it is not drawn here
  let atHand = false; // while an event of these fields is told
  function catchUp() {
    if (due === null) return;
    const what = due;
    due = null;
    draw(what);
  }
  function reachedFor(event) {
    catchUp();
    atHand = event.target.isConnected;
    if (atHand) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  for (const kind of ["keydown", "beforeinput", "input", "pointerdown", "focusin", "change", "click"]) {
    holder.addEventListener(kind, reachedFor, true);
    holder.addEventListener(kind, () => { atHand = false; });
  }
  store.listen((what) => {
    if (atHand) { due = null; draw(what); return; }
    if (due === null) afterShown(catchUp);
    due = what;
  });

  return { draw() { due = null; draw(); }, redraw() { due = null; drawn = []; draw(); } };
}
