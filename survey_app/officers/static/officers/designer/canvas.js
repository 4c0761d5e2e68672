// The questions in the middle. The selected one is open for writing; the others show what staff will read.
import * as edits from "./edits.js";
import { make, say } from "./elements.js";
import { entryList, textField } from "./fields.js";
import { said, word } from "./words.js";

export function makeCanvas(holder, store, { shared, findingsOf, languages, act, findingLines }) {
  const cards = new Map(); // id -> { node, drawn: what it was drawn from }

  const numberOf = (document) => {
    const numbers = new Map();
    let number = 0;
    for (const { item } of edits.everyItem(document)) numbers.set(item.id, item.type === "info" ? null : ++number);
    return numbers;
  };

  function draw({ field } = { field: null }) {
    const document = store.document;
    const findings = findingsOf();
    const numbers = numberOf(document);
    const wanted = [];
    const typedIn = field !== null ? window.document.activeElement : null;
    document.sections.forEach((section, s) => {
      const open = store.selected === section.id;
      const ofPart = findings.of(section.id);
      wanted.push(card(`part:${section.id}`, [ofPart.map((one) => one.key).join(), section.title_zh, section.title_en, section.hint_zh, section.hint_en, section.show_if && act.ruleWords(section.show_if), s, open, languages().join(), document.sections.length, section.items.length], typedIn, () => partCard(section, s, open, ofPart)));
      section.items.forEach((item, i) => {
        const isOpen = store.selected === item.id;
        const own = findings.of(item.id);
        const number = numbers.get(item.id);
        const node = card(item.id, [item, item.show_if && act.ruleWords(item.show_if), isOpen, own.map((one) => one.key).join(), isOpen ? `${s}.${i}.${section.items.length}.${document.sections.length}` : "", languages().join()], typedIn, () => itemCard(item, [s, i], number, isOpen, own));
        renumber(node, item, number, `${s}.${i}`);
        wanted.push(node);
      });
      wanted.push(card(`add:${section.id}`, [s, section.items.length], typedIn, () => make("div", { class: "add-here" },
        make("button", { type: "button", class: "quiet", on: { click: () => act.add([s, section.items.length]) } }, word("add_item_here")))));
    });
    const known = new Set(wanted);
    for (const [id, kept] of cards) if (!known.has(kept.node)) cards.delete(id);
    for (const node of [...holder.children]) if (!known.has(node)) node.remove(); // first what is gone: the rest need not move
    let at = holder.firstElementChild;
    for (const node of wanted) {
      if (node === at) at = at.nextElementSibling;
      else holder.insertBefore(node, at);
    }
  }

  // A card is drawn again only if something it shows has changed, and never under the fingers of who is typing in it.
  function card(id, from, typedIn, render) {
    const kept = cards.get(id);
    if (kept && kept.drawn.length === from.length && kept.drawn.every((value, at) => value === from[at])) return kept.node;
    if (kept && typedIn && kept.node.contains(typedIn)) return kept.node;
    const focused = kept && kept.node.contains(window.document.activeElement) ? window.document.activeElement : null;
    const node = render();
    if (kept) kept.node.replaceWith(node);
    cards.set(id, { node, drawn: from });
    if (focused) refocus(node, focused);
    return node;
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

  // Numbers shift with every question that comes or goes before: they are written anew, the card stays.
  function renumber(node, item, number, place) {
    if (node.dataset.place === place && node.dataset.number === String(number)) return;
    node.dataset.place = place;
    node.dataset.number = String(number);
    const heading = headingOf(item, number);
    node.setAttribute("aria-label", heading);
    say(node.querySelector(".q-heading"), heading);
  }

  function itemCard(item, place, number, open, own) {
    const heading = headingOf(item, number);
    const node = make("article", { class: `q${open ? " is-on" : ""}`, data: { id: item.id, place: place.join("."), number: String(number) }, "aria-label": heading });
    node.append(make("p", { class: "caption row" }, make("span", { class: "q-heading" }, heading),
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
      found.push(entryList(store, [...path, "options"], { ...options, label: word("options"), add: word("add_option"), exclusive: item.type === "multi" }));
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
  return { draw, nodeOf: (id) => (cards.get(id) || cards.get(`part:${id}`) || {}).node, redraw() { cards.clear(); holder.replaceChildren(); draw(); } };
}

export function refocus(node, focused) {
  const field = focused.dataset ? focused.dataset.field : null;
  const again = field ? node.querySelector(`[data-field="${CSS.escape(field)}"]`) : null;
  if (!again) return;
  again.focus();
  if (again.setSelectionRange && focused.selectionStart !== undefined && again.tagName === "TEXTAREA") {
    again.setSelectionRange(focused.selectionStart, focused.selectionEnd);
  }
}
