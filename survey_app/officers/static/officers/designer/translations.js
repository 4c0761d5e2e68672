// The tab 翻译: every text in both languages side by side; what is missing and what has changed since is marked and can be
// shown alone; out to a translator as CSV and in again.
import { everyItem } from "./edits.js";
import { make } from "./elements.js";
import { everyText, stateOf } from "./texts.js";
import { notice } from "./tabs.js";
import { set } from "./tree.js";
import { has, word } from "./words.js";

export function makeTranslations({ told, store, tabs, tell, saving }) {
  let show = "all";
  let drawn = new Map(); // name of the path -> { text, row parts }
  let names = { document: null, map: null };
  const filter = make("select", { id: "translation-show", on: { change: () => { show = filter.value; drawn = new Map(); draw(); } } },
    ["all", "open", "missing", "changed"].map((each) => make("option", { value: each }, word(`translation_${each}`))));
  const counts = make("p", { class: "caption", role: "status" });
  const body = make("tbody");
  const faults = make("div", { id: "translation-faults", role: "alert" });
  const file = make("input", { type: "file", id: "translation-file", accept: ".csv,.txt,text/csv", class: "visually-hidden", on: { change: () => takeIn() } });
  const panel = make("section", { class: "panel translations", "aria-labelledby": "translation-title" },
    make("div", { class: "panel-head" }, make("div", {}, make("h2", { id: "translation-title" }, word("translation")), counts),
      make("label", { class: "rule-field", for: "translation-show" }, make("span", { class: "caption" }, word("translation_show")), filter),
      make("div", { class: "panel-actions" },
        make("a", { class: "button-plain", href: `${told.address}/translations.csv`, download: "" }, word("translation_out")),
        make("span", { class: "file-button" }, file, make("label", { class: "button-plain", for: "translation-file" }, word("translation_in"))))),
    make("p", { class: "hint" }, word("translation_hint")), faults,
    make("table", { class: "data stackable grid-table" }, make("thead", {}, make("tr", {}, ["translation_where", "translation_zh", "translation_en"].map((each) => make("th", { scope: "col" }, word(each))))), body));

  const nameOf = (text) => text.path.join(".");
  const wanted = (text) => show === "all" || (show === "open" ? stateOf(text) !== "" : stateOf(text) === show);

  function draw() {
    const all = everyText(store.document);
    const n = { missing: 0, changed: 0 };
    for (const text of all) if (stateOf(text)) n[stateOf(text)] += 1;
    tabs.label("translation", n.missing ? word("tab_translation_missing", { n: n.missing }) : n.changed ? word("tab_translation_changed", { n: n.changed }) : word("tab_translation"));
    if (panel.hidden) return;
    counts.textContent = n.missing || n.changed ? word("translation_counts", { n: all.length, missing: n.missing, changed: n.changed }) : word("translation_complete", { n: all.length });
    // A line that has just been filled in stays where it is until another view is chosen.
    const texts = all.filter((text) => wanted(text) || drawn.has(nameOf(text)));
    const same = texts.length === drawn.size && texts.every((text) => drawn.has(nameOf(text)));
    if (!same) {
      const focused = body.contains(document.activeElement) ? document.activeElement.dataset.text : null;
      drawn = new Map(texts.map((text) => [nameOf(text), row(text)]));
      body.replaceChildren(...[...drawn.values()].map(({ node }) => node));
      const again = focused && body.querySelector(`[data-text="${CSS.escape(focused)}"]`);
      if (again) again.focus();
    }
    for (const text of texts) fill(drawn.get(nameOf(text)), text);
  }

  function row(text) {
    const area = make("textarea", { rows: 1, lang: "en", maxlength: "2000", data: { text: nameOf(text) },
      on: { input: () => store.apply(set(store.document, text.enPath, area.value), { field: nameOf(text) }), blur: () => store.endTyping() } });
    const where = make("th", { scope: "row", class: "grid-where" });
    const zh = make("p", { lang: "zh" });
    const before = make("p", { class: "caption", lang: "zh" });
    const mark = make("p", { class: "grid-mark" });
    const node = make("tr", {}, where, make("td", {}, zh, before), make("td", {}, area, mark));
    return { node, where, zh, before, area, mark, text: null };
  }

  function fill(kept, text) {
    const place = whereOf(text);
    if (kept.text && kept.text.zh === text.zh && kept.text.en === text.en && kept.text.before === text.before && kept.place === place) return;
    kept.text = text;
    kept.place = place;
    kept.where.textContent = place;
    kept.zh.textContent = text.zh;
    kept.area.setAttribute("aria-label", word("translation_of", { where: place, zh: text.zh }));
    if (kept.area.value !== text.en) kept.area.value = text.en;
    kept.area.rows = Math.max(1, Math.ceil(Math.max(text.en.length, 1) / 46));
    const state = stateOf(text);
    kept.node.className = state ? `is-${state}` : "";
    kept.before.textContent = state === "changed" ? word("translation_before", { zh: text.before }) : "";
    kept.mark.replaceChildren(...(state === "missing" ? [make("span", { class: "badge" }, word("translation_missing"))] : state === "changed" ? [make("span", { class: "badge" }, word("translation_changed")), " ",
      make("button", { type: "button", class: "quiet", "aria-label": word("translation_fine_of", { where: place, zh: text.zh }), on: { click: () => { store.apply(set(store.document, text.beforePath, undefined)); kept.area.focus(); } } }, word("translation_fine"))] : []));
  }

  function whereOf({ owner, path, stem }) {
    if (names.document !== store.document) {
      const map = new Map();
      let n = 0;
      for (const { item } of everyItem(store.document)) map.set(item.id, item.type === "info" ? word("info_item") : word("question_n", { n: ++n }));
      store.document.sections.forEach((section, s) => { if (!map.has(section.id)) map.set(section.id, word("part_n", { n: s + 1 })); });
      names = { document: store.document, map };
    }
    const kind = kindOf(path, stem);
    return owner === null ? kind : word("grid_where", { name: names.map.get(owner) || owner, kind });
  }

  // 选项 3: as the table for translators calls it too.
  function kindOf(path, stem) {
    const inside = path.slice(path[2] === "items" ? 4 : path[0] === "sections" ? 2 : 0, -1);
    const said = [];
    for (const key of inside) {
      if (typeof key === "number" && said.length) said.push(`${said.pop()} ${key + 1}`);
      else if (has(`grid_${key}`)) said.push(word(`grid_${key}`));
    }
    if (has(`grid_${stem}`) || !said.length) said.push(word(has(`grid_${stem}`) ? `grid_${stem}` : "grid_text"));
    return said.join(" · ");
  }

  async function takeIn() {
    const form = new FormData();
    form.append("file", file.files[0]);
    form.append("document", new Blob([JSON.stringify(store.document)], { type: "application/json" }), "document.json");
    file.value = "";
    const sent = store.document;
    const response = await fetch(`${told.address}/translations.csv`, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": told.token }, body: form }).catch(() => null);
    const answer = response ? await response.json().catch(() => ({})) : {};
    if (response && response.ok && store.document === sent) {
      faults.replaceChildren();
      store.replace(answer.document);
      tell(answer.sentence);
      notice([answer.sentence]);
      return;
    }
    const sentences = answer.sentences || [word(response && response.status === 413 ? "translation_too_large" : "translation_lost")];
    faults.replaceChildren(make("div", { class: "error-summary" }, make("h3", {}, word("translation_refused")), make("ul", {}, sentences.map((each) => make("li", {}, each)))));
    faults.scrollIntoView({ block: "nearest" });
  }

  // Out of sight only the tab's count is wanted, and not between two letters.
  let pause = null;
  store.listen(() => {
    clearTimeout(pause);
    if (panel.hidden) pause = setTimeout(draw, 400); else draw();
  });
  return { label: word("tab_translation"), panel, shown() { saving.now(); drawn = new Map(); draw(); }, count: draw };
}

