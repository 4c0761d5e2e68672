// Settings that are rarely touched, of a question and of the whole questionnaire: made when their fold is opened.
import * as edits from "./edits.js";
import { make } from "./elements.js";
import { nameOf, numberField, selectField, textField, tick } from "./fields.js";
import { get, set } from "./tree.js";
import { said, word } from "./words.js";

const CADENCES = ["once", "yearly", "yearly_or_two_yearly", "yearly_after_congress", "after_each_event", "continuous", "any"];
const MEMBERS = ["in_service", "retired", "anyone", "chosen_by_officer"];
const FLAGS = ["paper_version", "template", "per_person_page"];

export function rareOfItem(store, item, path, place, both) {
  return [...both(path, "help", 500), ...both(path, "short", 40),
    tick(store, [...path, "sensitive"], word("is_sensitive"), { hint: word("sensitive_hint") }),
    tick(store, [...path, "stable"], word("is_stable"), { hint: word("stable_hint") }),
    item.options && tick(store, [...path, "randomize"], word("is_randomized")),
    item.options_from && tick(store, [...path, "auto_answer_if_single"], word("answers_itself"), { hint: word("answers_itself_hint") }),
    item.type === "matrix" && skipField(store, path, place),
    ...(item.type === "best_worst" ? shortForm(store, item, path, both) : []),
    tick(store, [...path, "stage"], word("asked_later"), {
      hint: word("asked_later_hint"), is: item.stage === "follow_up",
      change: (on) => store.apply(edits.withProperty(store.document, [...path, "stage"], on ? "follow_up" : undefined)),
    }),
    codeField(store, [...path, "module"], word("module"), word("module_hint")),
    codeField(store, [...path, "prefill"], word("prefill"), word("prefill_hint")),
    idField(store, path, place)].filter(Boolean);
}

export function rareOfWhole(store) {
  return [selectField(store, ["cadence"], word("cadence"), CADENCES.map((name) => [name, word(`cadence_${name}`)])),
    make("fieldset", { class: "setting" }, make("legend", { class: "label" }, word("members")),
      MEMBERS.map((name) => memberTick(store, name))),
    selectField(store, ["who", "retired"], word("retired"), [["", word("retired_counted")], ["reported_apart", word("retired_apart")], ["excluded", word("retired_excluded")]]),
    numberField(store, ["who", "min_raters"], word("min_raters"), { least: 1, most: 1000 }),
    numberField(store, ["who", "officer_min_months"], word("officer_min_months"), { least: 0, most: 120 }),
    tick(store, ["who", "repeatable"], word("is_repeatable")),
    ...FLAGS.map((name) => tick(store, [name], word(name))),
    listField(store, ["placeholders"], word("placeholders"), word("placeholders_hint")),
    listField(store, ["results_visible_to"], word("results_visible_to"), word("results_visible_to_hint")),
    textField(store, ["id"], word("whole_id"), { most: 40, hint: word("whole_id_hint") })];
}

// All that a question counts towards: each with a way to take it off, and one list to add from.
export function measureField(store, item, path, measures) {
  const key = item.type === "text" ? "themes" : "feeds";
  const now = item[key] || [];
  const put = (next) => store.apply(edits.withProperty(store.document, [...path, key], next.length ? next : undefined));
  const called = (id) => (measures[id] ? said(measures[id].zh, measures[id].en) : id);
  const left = Object.keys(measures).filter((id) => !now.includes(id));
  const field = selectField(store, [...path, key], word("feeds"), [["", word(now.length ? "feeds_another" : "feeds_nothing")], ...left.map((id) => [id, called(id)])], {
    change: (id) => { if (id) put([...now, id]); },
  });
  field.querySelector("select").value = "";
  if (now.length) {
    field.insertBefore(make("ul", { class: "chosen" }, now.map((id) => make("li", {}, make("span", {}, called(id)),
      make("button", { type: "button", class: "icon", "aria-label": word("feeds_remove", { name: called(id) }), on: { click: () => put(now.filter((one) => one !== id)) } }, "×")))), field.lastChild);
  }
  return field;
}

function skipField(store, path, place) {
  const earlier = edits.everyItem(store.document).filter(({ item, place: [s, i] }) => item.type === "matrix" && (s < place[0] || (s === place[0] && i < place[1])));
  if (!earlier.length) return null;
  return selectField(store, [...path, "skip_rows_marked_na_in"], word("skip_rows"), [["", word("skip_no_rows")],
    ...earlier.map(({ item }) => [item.id, said(item.zh, item.en) || word("untitled")])]);
}

function shortForm(store, item, path, both) {
  const form = [...path, "short_form"];
  const parts = [tick(store, form, word("has_short_form"), {
    hint: word("short_form_hint"), is: Boolean(item.short_form),
    change: (on) => store.apply(set(store.document, form, on ? { type: "rank_top", zh: "", en: "", max_select: 3 } : undefined)),
  })];
  if (item.short_form) {
    parts.push(...["zh", "en"].map((lang) => textField(store, [...form, lang], word(`text_${lang}`), { lang, most: 500 })),
      numberField(store, [...form, "max_select"], word("max_select"), { least: 1, most: 30 }));
  }
  return parts;
}

function memberTick(store, name) {
  const now = get(store.document, ["who", "members"]) || [];
  return tick(store, ["who", "members", name], word(`members_${name}`), {
    is: now.includes(name),
    change: (on) => store.apply(set(store.document, ["who", "members"], MEMBERS.filter((one) => (one === name ? on : (get(store.document, ["who", "members"]) || []).includes(one))))),
  });
}

// Answers are kept under it and rules name it, so it changes as a whole, when the field is left, and takes the rules along.
function idField(store, path, place) {
  const at = [...path, "id"];
  const id = `f-${at.join("-")}`;
  const wrong = make("p", { class: "error-text", id: `${id}-wrong`, role: "status" });
  const input = make("input", {
    id, type: "text", autocomplete: "off", spellcheck: "false", maxlength: "40", value: get(store.document, at), data: { field: nameOf(at) }, "aria-describedby": `${id}-hint ${id}-wrong`,
    on: {
      change: () => {
        const fresh = input.value.trim();
        const next = edits.renamed(store.document, place, fresh);
        wrong.textContent = next ? "" : word("item_id_wrong");
        input.setAttribute("aria-invalid", next ? "false" : "true");
        if (next) store.apply(next, { select: fresh });
      },
    },
  });
  return make("div", { class: "field" }, make("label", { for: id, class: "label" }, word("item_id")), make("p", { class: "hint", id: `${id}-hint` }, word("item_id_hint")), input, wrong);
}

// One word of a-z, 0-9 and underscore, or nothing.
function codeField(store, path, label, hint) {
  return lineField(store, path, label, hint, (typed) => typed.trim() || undefined, (value) => value || "");
}

// Several such words, with blanks or commas between them.
function listField(store, path, label, hint) {
  return lineField(store, path, label, hint, (typed) => {
    const words = typed.split(/[\s,，、]+/).filter(Boolean);
    return words.length ? words : undefined;
  }, (value) => (value || []).join(", "));
}

function lineField(store, path, label, hint, read, written) {
  const id = `f-${path.join("-")}`;
  const input = make("input", {
    id, type: "text", autocomplete: "off", spellcheck: "false", value: written(get(store.document, path)), data: { field: nameOf(path) }, "aria-describedby": `${id}-hint`,
    on: {
      input: () => store.apply(edits.withProperty(store.document, path, read(input.value)), { field: nameOf(path) }),
      blur: () => store.endTyping(),
    },
  });
  return make("div", { class: "field" }, make("label", { for: id, class: "label" }, label), make("p", { class: "hint", id: `${id}-hint` }, hint), input);
}
