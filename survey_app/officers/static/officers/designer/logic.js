// The tab 跳题: every rule in words in one list, the map of the paths, and the window for one rule. It also speaks up when a
// question that a rule rests on is moved, changed or deleted.
import { placeOf } from "./edits.js";
import { ask } from "./dialogs.js";
import { make } from "./elements.js";
import { makePathMap } from "./path_map.js";
import { askRule } from "./rule_dialog.js";
import { broken, everyRule, restingOn, withoutRulesOn } from "./rules.js";
import { makeRuleWords } from "./rule_words.js";
import { notice } from "./tabs.js";
import { get, set } from "./tree.js";
import { word } from "./words.js";

export function makeLogic({ told, store, act, tabs }) {
  const words = makeRuleWords({ shared: told.shared, units: told.units });
  const open = (id) => { tabs.show("design"); store.select(id); act.write(); };
  const map = makePathMap(store, { words, open });
  const filter = make("input", { type: "search", id: "rule-filter", on: { input: () => drawList() } });
  const only = make("input", { type: "checkbox", on: { change: () => drawList() } });
  const list = make("ul", { class: "rule-list" });
  const count = make("p", { class: "caption", role: "status" });
  const target = make("select", { id: "rule-target" });
  const adder = make("form", { class: "rule-adder", on: { submit: (event) => { event.preventDefault(); if (target.value) edit(target.value); } } },
    make("label", { class: "rule-field", for: "rule-target" }, make("span", { class: "caption" }, word("rule_for_which")), target),
    make("button", { type: "submit", class: "button-plain" }, word("rule_write")));
  const panel = make("section", { class: "panel", "aria-labelledby": "logic-title" },
    make("div", { class: "panel-columns" },
      make("div", {}, make("h2", { id: "logic-title" }, word("rules")), adder,
        make("div", { class: "rule-filter" }, make("label", { class: "rule-field", for: "rule-filter" }, make("span", { class: "caption" }, word("rule_filter")), filter),
          make("label", { class: "check" }, only, make("span", {}, word("rule_only_faulty")))), count, list),
      make("div", {}, make("h2", {}, word("path_map")), make("p", { class: "caption" }, word("path_map_hint")), map.holder)));
  let faults = new Map(); // id -> sentence
  let drawn = null;
  let asked = 0;

  const isOpen = () => !panel.hidden;

  function draw() {
    if (!isOpen() || drawn === store.document) return;
    drawn = store.document;
    drawTargets();
    drawList();
    map.draw(faults);
  }

  function drawTargets() {
    const names = words.namesOf(store.document);
    const ruled = new Set(everyRule(store.document).map(({ id }) => id));
    const free = [...names.entries()].filter(([id, name]) => !ruled.has(id) && (name.section || placeOf(store.document, id)));
    const order = new Map(store.document.sections.flatMap((section) => [section.id, ...section.items.map((item) => item.id)]).map((id, at) => [id, at]));
    free.sort(([one], [other]) => order.get(one) - order.get(other));
    const chosen = target.value; // what is chosen stays chosen when an answer of the server comes between
    target.replaceChildren(...free.map(([id, name]) => make("option", { value: id }, `${name.label}　${name.title}`)));
    if (free.some(([id]) => id === chosen)) target.value = chosen;
  }

  function drawList() {
    const wanted = filter.value.trim().toLowerCase();
    const all = everyRule(store.document);
    const lines = all.map((rule) => ({ ...rule, title: words.called(store.document, rule.id, true), sentence: words.say(store.document, rule.condition, { titles: true }) }))
      .filter(({ id, title, sentence }) => (!only.checked || faults.has(id)) && (!wanted || `${id} ${title} ${sentence}`.toLowerCase().includes(wanted)));
    count.textContent = all.length === 0 ? word("rule_none_yet") : word("rule_count", { n: lines.length, all: all.length });
    const focused = list.contains(document.activeElement) ? document.activeElement.dataset.field : null;
    list.replaceChildren(...lines.map(({ id, title, sentence }) => make("li", { class: "rule-card", data: { rule: id } },
      make("h3", {}, make("button", { type: "button", class: "path-open", on: { click: () => open(id) } }, title)),
      make("p", {}, sentence),
      faults.has(id) && make("p", { class: "error-text" }, faults.get(id)),
      make("div", { class: "rule-tools" },
        make("button", { type: "button", class: "quiet", data: { field: `edit-${id}` }, "aria-label": word("rule_edit_of", { name: title }), on: { click: () => edit(id) } }, word("change")),
        make("button", { type: "button", class: "quiet", "aria-label": word("rule_drop_of", { name: title }), on: { click: () => put(id, undefined) } }, word("rule_drop"))))));
    const again = focused && list.querySelector(`[data-field="${CSS.escape(focused)}"]`);
    if (again) again.focus();
  }

  function ownerPath(id) {
    const place = placeOf(store.document, id);
    if (place) return { path: ["sections", place[0], "items", place[1]], before: place };
    const s = store.document.sections.findIndex((section) => section.id === id);
    return s < 0 ? null : { path: ["sections", s], before: [s, 0] };
  }

  async function edit(id) {
    const owner = ownerPath(id);
    if (!owner) return;
    const focused = document.activeElement;
    const condition = get(store.document, [...owner.path, "show_if"]);
    const answer = await askRule({ document: store.document, id, before: owner.before, condition, words, units: told.units });
    if (answer !== null) put(id, answer);
    const again = isOpen() && list.querySelector(`[data-field="edit-${CSS.escape(id)}"]`);
    if (again) again.focus(); else if (focused && focused.isConnected) focused.focus();
  }

  function put(id, condition) {
    const owner = ownerPath(id);
    if (owner) store.apply(set(store.document, [...owner.path, "show_if"], condition));
  }

  // What the server's rules say of the paths, of this very state; an answer that comes late is left aside.
  async function check() {
    const mine = ++asked;
    const checked = store.document;
    const response = await fetch(`${told.address}/paths`, {
      method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json", "X-CSRFToken": told.token },
      body: JSON.stringify({ document: checked }),
    }).catch(() => null);
    if (!response || !response.ok || mine !== asked) return;
    const found = new Map();
    for (const fault of (await response.json()).faults) {
      const own = get(checked, fault.path) || {};
      const id = fault.path[fault.path.length - 1] === "show_if" ? get(checked, fault.path.slice(0, -1)).id : own.id;
      found.set(id, found.has(id) && found.get(id) !== fault.sentence ? `${found.get(id)} ${fault.sentence}` : fault.sentence);
    }
    faults = found;
    tabs.label("logic", faults.size ? word("tab_logic_faulty", { n: faults.size }) : word("tab_logic"));
    drawn = null;
    draw();
  }

  // Rules that an edit has just broken are told at once, with the way back.
  const idsOf = (item) => words.choicesOf(store.document, item).map(({ id }) => id);
  let before = new Set(broken(store.document, idsOf).map(({ key }) => key));
  let looked = store.document;
  let told_ = [];
  store.listen(() => {
    draw();
    if (store.document === looked) return;
    looked = store.document;
    const now = broken(store.document, idsOf);
    const fresh = now.filter(({ key }) => !before.has(key));
    before = new Set(now.map(({ key }) => key));
    if (fresh.length) {
      told_ = fresh.map(({ key }) => key);
      notice([...new Set(fresh.map(sentence))], [[word("undo"), () => act.undo()]]);
    } else if (told_.length && !told_.some((key) => before.has(key))) {
      told_ = [];
      notice([]);
    }
  });

  function sentence({ kind, id, source, option }) {
    return word(`rule_broken_${kind}`, { name: words.called(store.document, id, true), source: words.called(store.document, source, false), option });
  }

  // Asks before a question goes on which others rest. Null: it stays; otherwise the document without the rules on it.
  async function mayRemove(id) {
    const { byRule, carried } = restingOn(store.document, id);
    const called = (ids) => ids.map((each) => words.called(store.document, each, true)).join(word("comma"));
    const choice = await ask({
      title: word("remove_rested_title", { name: words.called(store.document, id, false) }),
      sentences: [byRule.length > 0 && word("remove_rested_rules", { names: called(byRule) }), carried.length > 0 && word("remove_rested_carried", { names: called(carried) })].filter(Boolean),
      choices: [
        ...(byRule.length ? [{ value: "rules", label: word("remove_with_rules"), hint: word("remove_with_rules_hint"), primary: true }] : []),
        { value: "only", label: word("remove_only"), hint: word("remove_only_hint") },
      ],
    });
    if (choice === null) return null;
    return choice === "rules" ? withoutRulesOn(store.document, id) : store.document;
  }

  return {
    label: word("tab_logic"), panel,
    shown() { drawn = null; draw(); check(); },
    checked() { check(); },
    inWords: (condition) => words.say(store.document, condition),
    edit,
    isRestedOn(id) { const { byRule, carried } = restingOn(store.document, id); return byRule.length + carried.length > 0; },
    mayRemove,
  };
}
