// Fields that are bound to a place in the document: what is typed is there at once, and one step to undo.
import { get, set } from "./tree.js";
import { grow, make } from "./elements.js";
import { word } from "./words.js";

export const nameOf = (path) => path.join(".");
const idOf = (path) => `f-${path.join("-")}`;

function write(store, path, value, field = nameOf(path)) {
  store.apply(set(store.document, path, value), { field });
}

// A text of one language. A `quiet` one says its label to a screen reader, and to the eye only while it is empty.
export function textField(store, path, label, { quiet = false, lang = "", hint = "", most = 2000, big = false, onPaste = null, onEnter = null } = {}) {
  const id = idOf(path);
  const value = get(store.document, path);
  const area = make("textarea", {
    id, rows: 1, value: value === undefined || value === null ? "" : String(value), maxlength: String(most), lang,
    class: big ? "field-big" : "", placeholder: quiet ? label : "", "aria-label": quiet && label, data: { field: nameOf(path) },
    on: {
      input: () => { grow(area); write(store, path, area.value); },
      blur: () => store.endTyping(),
      keydown: (event) => { if (event.key === "Enter" && !event.shiftKey && !event.ctrlKey && !event.metaKey && !event.isComposing && onEnter) { event.preventDefault(); onEnter(); } },
      paste: (event) => {
        const lines = (event.clipboardData.getData("text/plain") || "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
        if (onPaste && lines.length > 1) { event.preventDefault(); onPaste(lines); }
      },
    },
  });
  requestAnimationFrame(() => grow(area));
  if (quiet) return area; // ten of them in a question of five options: each piece more is felt
  return make("div", { class: "field" },
    make("label", { for: id, class: "label" }, label),
    hint && make("p", { class: "hint", id: `${id}-hint` }, hint), area);
}

export function numberField(store, path, label, { least = 0, most = 1000000, step = 1 } = {}) {
  const id = idOf(path);
  const value = get(store.document, path);
  const input = make("input", {
    id, type: "number", inputmode: "numeric", min: String(least), max: String(most), step: String(step), value: value === undefined ? "" : String(value),
    data: { field: nameOf(path) },
    on: {
      input: () => {
        const number = step < 1 ? Number.parseFloat(input.value) : Number.parseInt(input.value, 10);
        write(store, path, Number.isNaN(number) ? undefined : number);
      },
      blur: () => store.endTyping(),
    },
  });
  return make("div", { class: "field" }, make("label", { for: id, class: "label" }, label), input);
}

export function dayField(store, path, label) {
  const id = idOf(path);
  const input = make("input", {
    id, type: "date", value: get(store.document, path) || "", data: { field: nameOf(path) },
    on: { change: () => write(store, path, input.value || undefined, null) },
  });
  return make("div", { class: "field" }, make("label", { for: id, class: "label" }, label), input);
}

// A property that is there (true) or not there at all; `is` and `change` for one that is written otherwise.
export function tick(store, path, label, { hint = "", is = get(store.document, path) === true, change = null } = {}) {
  const id = idOf(path);
  const box = make("input", {
    id, type: "checkbox", checked: is, data: { field: nameOf(path) },
    on: { change: () => (change ? change(box.checked) : write(store, path, box.checked ? true : undefined, null)) },
  });
  return make("div", { class: "setting" }, make("label", { class: "choice", for: id }, box, make("span", {}, label)),
    hint && make("p", { class: "hint" }, hint));
}

// `choices`: pairs of value and words; "" stands for no property.
export function selectField(store, path, label, choices, { change = null } = {}) {
  const id = idOf(path);
  const now = get(store.document, path);
  const select = make("select", {
    id, data: { field: nameOf(path) },
    on: { change: () => (change ? change(select.value) : write(store, path, select.value || undefined, null)) },
  }, choices.map(([value, words]) => make("option", { value, selected: value === (now === undefined ? "" : now) }, words)));
  return make("div", { class: "field" }, make("label", { for: id, class: "label" }, label), select);
}

// The list of options, extra options or rows of an item: written, moved, removed, pasted as lines.
export function entryList(store, listPath, { label, add, edits, languages, exclusive = false }) {
  const entries = get(store.document, listPath) || [];
  const act = (next) => store.apply(next);
  const line = (entry, at) => {
    const path = [...listPath, at];
    const enter = (lang) => () => {
      if (at === entries.length - 1 && (get(store.document, [...path, "zh"]) || "") !== "") act(edits.addEntry(store.document, listPath, at + 1));
      const next = window.document.querySelector(`[data-field="${CSS.escape(nameOf([...listPath, at + 1, lang]))}"]`);
      if (next) next.focus();
    };
    const paste = (lines) => act(edits.pastedEntries(store.document, listPath, at, lines));
    return make("li", { class: "entry" },
      make("div", { class: "entry-texts" }, languages.map((lang) =>
        textField(store, [...path, lang], word(lang === "zh" ? "entry_zh" : "entry_en", { n: at + 1 }), { quiet: true, lang, most: 200, onPaste: lang === "zh" ? paste : null, onEnter: enter(lang) }))),
      make("div", { class: "entry-tools" },
        exclusive && make("button", {
          type: "button", class: "quiet", "aria-pressed": entry.exclusive ? "true" : "false", title: word("exclusive_hint"),
          on: { click: () => act(set(store.document, [...path, "exclusive"], entry.exclusive ? undefined : true)) },
        }, word("exclusive")),
        tool("↑", word("entry_up", { n: at + 1 }), at > 0, () => act(edits.movedEntry(store.document, listPath, at, at - 1))),
        tool("↓", word("entry_down", { n: at + 1 }), at < entries.length - 1, () => act(edits.movedEntry(store.document, listPath, at, at + 1))),
        tool("×", word("entry_remove", { n: at + 1 }), true, () => act(edits.withoutEntry(store.document, listPath, at)))));
  };
  return make("fieldset", { class: "entries" }, make("legend", { class: "label" }, label),
    make("ol", {}, entries.map(line)),
    make("button", { type: "button", class: "quiet add-entry", data: { field: `${nameOf(listPath)}.add` }, on: { click: () => act(edits.addEntry(store.document, listPath, entries.length)) } }, add));
}

function tool(sign, label, enabled, act) {
  return make("button", { type: "button", class: "icon", "aria-label": label, title: label, disabled: !enabled, on: { click: act } }, sign);
}
