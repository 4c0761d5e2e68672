// The questions in the middle. The selected one is open for writing; the others show what staff will read.
// Each part of the questionnaire is one box of the page: what is far from the eye is not laid out, box by box, and an edit
// looks only at the boxes it can have changed, first at those that can be seen.
import * as edits from "./edits.js";
import { arrange, farBoxes, isLong, make, say } from "./elements.js";
import { entryList, textField } from "./fields.js";
import { said, word } from "./words.js";

const CARD_HEIGHT = 130; // pixels, of a closed card that was never laid out: a guess for the scroll bar

export function makeCanvas(holder, store, { shared, findingsOf, languages, act, findingLines }) {
  const boxes = new Map(); // section id -> { node, add, drawn: what it was drawn from }
  const cards = new Map(); // id -> { node, drawn: what it was drawn from, heading, number }
  const far = farBoxes(() => draw({ everything: true }));

  function draw({ field = null, everything = false } = {}) {
    letGo();
    const document = store.document;
    const round = { findings: findingsOf(), spoken: languages().join(), typedIn: field !== null ? window.document.activeElement : null };
    let number = 0; // of the last question
    const wanted = document.sections.map((section, s) => {
      const box = boxes.get(section.id) || newBox(section.id);
      const first = number;
      for (const item of section.items) if (item.type !== "info") number += 1;
      if (everything || holdsSelected(section) || !far.mayWait(box.node)) drawBox(box, section, s, first, round);
      return box.node;
    });
    arrange(holder, wanted);
    const stays = new Set(wanted);
    for (const [id, box] of boxes) if (!stays.has(box.node)) boxes.delete(id);
    for (const [id, kept] of cards) if (!holder.contains(kept.node)) cards.delete(id);
  }

  // A card that is about to close loses the focus now, while nothing is changed yet: later it would cost a layout of its own.
  function letGo() {
    const focused = window.document.activeElement;
    const owner = focused && holder.contains(focused) && focused.closest("[data-id]");
    if (owner && owner.dataset.id !== store.selected) focused.blur();
  }

  function newBox(id) {
    const add = make("div", { class: "add-here" }, make("button", { type: "button", class: "quiet", on: { click: () => addAtEnd(id) } }, word("add_item_here")));
    const box = { node: make("div", { class: "part-box" }, add), add, drawn: [] };
    boxes.set(id, box);
    far.watch(box.node);
    return box;
  }

  function addAtEnd(id) {
    const s = store.document.sections.findIndex((section) => section.id === id);
    act.add([s, store.document.sections[s].items.length]);
  }

  const holdsSelected = (section) => section.id === store.selected || section.items.some((item) => item.id === store.selected);

  // Rules name other questions by their numbers and words, so a box with rules is looked through at every edit.
  function drawBox(box, section, s, first, round) {
    const rules = [section, ...section.items].some((one) => one.show_if);
    const chosen = holdsSelected(section) ? store.selected : null;
    const from = [section, s, first, chosen, chosen && store.document.sections.length, round.findings, round.spoken];
    if (!rules && same(from, box.drawn)) return;
    box.drawn = from;
    box.node.classList.toggle("is-long", isLong(section));
    box.node.style.containIntrinsicBlockSize = `auto ${CARD_HEIGHT * (section.items.length + 1)}px`;
    let number = first;
    const nodes = section.items.map((item, i) => {
      if (item.type !== "info") number += 1;
      return questionNode(section, item, [s, i], item.type === "info" ? null : number, round);
    });
    arrange(box.node, [partNode(section, s, round), ...nodes, box.add]);
  }

  function partNode(section, s, { findings, spoken, typedIn }) {
    const open = store.selected === section.id;
    const own = findings.of(section.id);
    const from = [section.title_zh, section.title_en, section.hint_zh, section.hint_en, s, open, own.map((one) => one.key).join(),
      section.show_if && act.ruleWords(section.show_if), spoken, open && `${store.document.sections.length}.${section.items.length}`];
    return card(`part:${section.id}`, from, typedIn, () => partCard(section, s, open, own)).node;
  }

  function questionNode(section, item, place, number, { findings, spoken, typedIn }) {
    const open = store.selected === item.id;
    const own = findings.of(item.id);
    const from = [item, open, own.map((one) => one.key).join(), item.show_if && act.ruleWords(item.show_if), spoken,
      open && `${place.join(".")}.${section.items.length}.${store.document.sections.length}`];
    const kept = card(item.id, from, typedIn, () => itemCard(item, place, number, open, own));
    if (kept.number !== number) {
      kept.number = number;
      kept.heading = kept.heading || kept.node.querySelector(".q-heading");
      say(kept.heading, headingOf(item, number)); // numbers shift with every question before: the card stays
    }
    return kept.node;
  }

  // A card is drawn again only if something it shows has changed, and never under the fingers of who is typing in it.
  function card(id, from, typedIn, render) {
    const kept = cards.get(id);
    if (kept && same(from, kept.drawn)) return kept;
    if (kept && typedIn && kept.node.contains(typedIn)) {
      kept.drawn = from; // what was typed stands in its field already
      return kept;
    }
    const focused = kept && kept.node.contains(window.document.activeElement) ? window.document.activeElement : null;
    const made = { node: render(), drawn: from };
    if (kept) kept.node.replaceWith(made.node);
    cards.set(id, made);
    if (focused) refocus(made.node, focused);
    return made;
  }

  function partCard(section, s, open, own) {
    const path = ["sections", s];
    const title = said(section.title_zh, section.title_en) || word("untitled_part");
    const node = make("section", { class: `part-card${open ? " is-on" : ""}`, data: { id: section.id }, "aria-label": word("part_n", { n: s + 1 }) });
    const told = own.length ? findingLines(own) : [];
    if (!open) {
      node.append(make("button", { type: "button", class: "part-open", on: { click: () => store.select(section.id) } },
        make("span", { class: "caption" }, word("part_n", { n: s + 1 })), make("span", { class: "part-title" }, title)),
        section.show_if ? make("p", { class: "caption" }, act.ruleWords(section.show_if)) : "", ...told);
      return node;
    }
    node.append(make("p", { class: "caption" }, word("part_n", { n: s + 1 })),
      ...languages().map((lang) => textField(store, [...path, `title_${lang}`], word(`part_title_${lang}`), { lang, most: 120 })),
      ...languages().map((lang) => textField(store, [...path, `hint_${lang}`], word(`part_hint_${lang}`), { lang, most: 500 })),
      make("div", { class: "tools" },
        button(word("up"), s > 0, () => store.apply(edits.movedSection(store.document, s, s - 1))),
        button(word("down"), s < store.document.sections.length - 1, () => store.apply(edits.movedSection(store.document, s, s + 1))),
        button(section.show_if ? word("edit_rule") : word("add_rule"), s > 0, () => act.editRule(section.id)),
        button(word("add_part_after"), true, () => act.addSection(s + 1)),
        button(word("delete"), section.items.length === 0 && store.document.sections.length > 1, () => act.removeSection(s))),
      section.items.length > 0 ? make("p", { class: "hint" }, word("part_not_empty")) : "", ...told);
    return node;
  }

  const headingOf = (item, number) => `${number === null ? word("info_item") : word("question_n", { n: number })} · ${word(`type_${item.type}`)}`;

  function itemCard(item, place, number, open, own) {
    const node = make("article", { class: `q${open ? " is-on" : ""}`, data: { id: item.id }, "aria-labelledby": `heading-${item.id}` });
    node.append(make("p", { class: "caption row" }, make("span", { class: "q-heading", id: `heading-${item.id}` }, headingOf(item, number)),
      make("span", {}, item.required ? word("required") : item.type === "info" ? "" : word("optional"))));
    if (!open) {
      node.append(make("h3", {}, make("button", { type: "button", class: "q-open", on: { click: () => store.select(item.id) } }, said(item.zh, item.en) || word("untitled"))),
        make("p", { class: "meta" }, summary(item)),
        item.show_if ? make("p", { class: "caption" }, act.ruleWords(item.show_if)) : "");
    } else {
      const path = edits.itemPath(place);
      node.append(...languages().map((lang) => textField(store, [...path, lang], word(`text_${lang}`), { lang, most: 500, big: true })),
        ...entryFields(item, path),
        item.show_if ? make("p", { class: "caption rule" }, act.ruleWords(item.show_if), " ", make("button", { type: "button", class: "quiet", on: { click: () => act.editRule(item.id) } }, word("change"))) : "");
    }
    if (own.length) node.append(...findingLines(own));
    if (open) node.append(toolbar(item, place));
    return node;
  }

  function entryFields(item, path) {
    const options = { edits, languages: languages() };
    const found = [];
    if (item.options || (["single", "multi", "rank_top", "best_worst"].includes(item.type) && !item.options_ref && !item.options_from)) {
      found.push(entryList(store, [...path, "options"], { ...options, ...(item.type === "best_worst" ? { edits: edits.designEdits(shared.designs) } : {}), label: word("options"), add: word("add_option"), exclusive: item.type === "multi" }));
    }
    if (item.options_ref || item.options_from || item.extra_options) {
      found.push(make("p", { class: "meta" }, item.options_ref ? word("options_shared", { name: sharedName(item.options_ref) }) : word("options_carried")),
        entryList(store, [...path, "extra_options"], { ...options, label: word("extra_options"), add: word("add_option"), exclusive: item.type === "multi" }));
    }
    if (item.type === "matrix" && !item.rows_from && !item.rows_ref) {
      found.push(entryList(store, [...path, "rows"], { ...options, label: word("rows"), add: word("add_row") }));
    }
    if (item.scale && typeof item.scale === "object") {
      found.push(entryList(store, [...path, "scale", "options"], { ...options, edits: edits.scaleEdits(), label: word("scale_points"), add: word("add_point") }),
        item.na && item.scale.na ? make("div", { class: "entry-texts" }, languages().map((lang) => textField(store, [...path, "scale", "na", lang], word(`way_out_${lang}`), { lang, most: 40 }))) : "");
    } else if (item.scale) found.push(scaleBoxes(item));
    return found;
  }

  const sharedName = (id) => (shared.option_lists[id] || []).slice(0, 3).map((choice) => said(choice.zh, choice.en)).join(word("comma"));

  const scaleOf = (item) => (typeof item.scale === "string" ? shared.scales[item.scale] : item.scale);

  // The open question shows its scale as staff will see it.
  function scaleBoxes(item) {
    const scale = scaleOf(item);
    if (!scale) return make("p", { class: "meta" }, word("scale_unknown"));
    return make("ul", { class: "scale-boxes" }, scale.options.map((choice) => make("li", {}, said(choice.zh, choice.en))),
      item.na && scale.na && make("li", { class: "way-out" }, said(scale.na.zh, scale.na.en).replace(/\s*[／/]\s*/, "\n")));
  }

  function scaleWords(item) {
    const scale = scaleOf(item);
    if (!scale) return word("scale_unknown");
    const points = scale.options.map((choice) => said(choice.zh, choice.en));
    return [...points, ...(item.na && scale.na ? [word("in_brackets", { words: said(scale.na.zh, scale.na.en) })] : [])].join("　/　");
  }

  function summary(item) {
    if (item.type === "rating" || item.type === "matrix") {
      const rows = (item.rows || []).map((row) => said(row.zh, row.en)).filter(Boolean);
      return rows.length ? `${rows.join(word("comma"))}　·　${scaleWords(item)}` : scaleWords(item);
    }
    const listed = [...(item.options || shared.option_lists[item.options_ref] || []), ...(item.extra_options || [])];
    if (listed.length) return listed.map((choice) => said(choice.zh, choice.en)).filter(Boolean).join("　/　");
    if (item.type === "text") return word("at_most_letters", { n: item.max_length });
    if (item.type === "number") return `${item.minimum === undefined ? 0 : item.minimum} – ${item.maximum === undefined ? "" : item.maximum}`;
    if (item.type === "likelihood") return "0 – 10";
    return "";
  }

  function toolbar(item, place) {
    const [s, i] = place;
    const up = edits.stepTo(store.document, place, -1);
    const down = edits.stepTo(store.document, place, 1);
    return make("div", { class: "tools" },
      button(word("duplicate"), true, () => act.duplicate(item.id), "Ctrl+D"),
      button(word("up"), up !== null, () => act.step(item.id, -1), "Alt+↑"),
      button(word("down"), down !== null, () => act.step(item.id, 1), "Alt+↓"),
      button(item.show_if ? word("edit_rule") : word("add_rule"), s > 0 || i > 0, () => act.editRule(item.id)),
      button(word("delete"), true, () => act.remove(item.id), "Ctrl+Del"),
      make("button", { type: "button", class: "button-plain only-narrow", on: { click: () => act.settings() } }, word("settings_of_item")));
  }

  function button(label, enabled, onClick, keys = "") {
    return make("button", { type: "button", class: "button-plain", disabled: !enabled, title: keys, data: { field: `tool.${label}` }, on: { click: onClick } }, label);
  }

  store.listen(draw);
  return { draw, nodeOf: (id) => (cards.get(id) || cards.get(`part:${id}`) || {}).node, redraw() { cards.clear(); boxes.clear(); draw(); } };
}

const same = (from, drawn) => from.length === drawn.length && from.every((value, at) => value === drawn[at]);

// True if the field that had the focus is there again, and has it.
export function refocus(node, focused) {
  const field = focused.dataset ? focused.dataset.field : null;
  const again = field ? node.querySelector(`[data-field="${CSS.escape(field)}"]`) : null;
  if (!again) return false;
  again.focus();
  if (again.setSelectionRange && focused.selectionStart !== undefined && again.tagName === "TEXTAREA") {
    again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  }
  return true;
}
