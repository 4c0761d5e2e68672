// A rule as a sentence people can check: 显示，如果第 4 题选择了“没有回音”.
import { everyItem } from "./edits.js";
import { MISSING } from "./rules.js";
import { said, word } from "./words.js";

export function makeRuleWords({ shared, units }) {
  let known = { document: null, names: null };

  // How each question and part is called: its number, its words, and the thing itself.
  function namesOf(document) {
    if (known.document === document) return known.names;
    const names = new Map();
    let number = 0;
    for (const { item } of everyItem(document)) {
      const label = item.type === "info" ? word("info_item") : word("question_n", { n: ++number });
      names.set(item.id, { item, label, title: said(item.zh, item.en) || word("untitled") });
    }
    document.sections.forEach((section, s) => {
      if (!names.has(section.id)) names.set(section.id, { section, label: word("part_n", { n: s + 1 }), title: said(section.title_zh, section.title_en) || word("untitled_part") });
    });
    known = { document, names };
    return names;
  }

  function choicesOf(document, item) {
    const own = ownChoices(document, item);
    const needsWayOut = item.required && !own.some(({ id }) => MISSING.includes(id));
    return needsWayOut ? [...own, { id: "pnts", label: word("rather_not_say") }] : own;
  }

  function ownChoices(document, item) {
    const labelled = (list) => (Array.isArray(list) ? list : []).map((choice) => ({ id: choice.id, label: said(choice.zh, choice.en) || word("untitled") }));
    if (item.type === "likelihood") return Array.from({ length: 11 }, (_, n) => ({ id: String(n), label: String(n) }));
    if (item.type === "rating" || item.type === "matrix") {
      const scale = typeof item.scale === "string" ? shared.scales[item.scale] : item.scale;
      return scale ? labelled([...scale.options, ...(item.na && scale.na ? [scale.na] : [])]) : [];
    }
    let listed = item.options || shared.option_lists[item.options_ref] || [];
    if (item.options_from) {
      const source = namesOf(document).get(item.options_from);
      const from = source && source.item && source.item !== item ? source.item.options || shared.option_lists[source.item.options_ref] || [] : [];
      listed = from.filter((choice) => !choice.exclusive && !MISSING.includes(choice.id));
    }
    return labelled([...listed, ...(item.extra_options || [])]);
  }

  function called(document, id, titles) {
    const name = namesOf(document).get(id);
    if (!name) return word("rule_gone_item", { id });
    return titles ? word("rule_titled", { label: name.label, title: name.title }) : name.label;
  }

  function ofItem(document, condition, titles) {
    const name = namesOf(document).get(condition.item);
    const labels = new Map(name && name.item ? choicesOf(document, name.item).map(({ id, label }) => [id, label]) : []);
    const listed = condition.in || condition.not_in || [];
    const options = listed.map((id) => word("rule_quoted", { label: labels.get(id) || id })).join(word("rule_or_short"));
    return word(condition.in ? "rule_in" : "rule_not_in", { item: called(document, condition.item, titles), options });
  }

  function ofFact(condition) {
    const { gte, lte, eq } = condition;
    const listed = condition.in || (eq === undefined ? [] : [eq]);
    if (condition.ctx === "unit") {
      const unitNames = listed.map((id) => word("rule_quoted", { label: units[id] || id })).join(word("rule_or_short"));
      return word("rule_unit", { names: unitNames });
    }
    if (gte !== undefined && lte !== undefined) return word("rule_members_between", { n: gte, m: lte });
    if (gte !== undefined) return word("rule_members_gte", { n: gte });
    if (lte !== undefined) return word("rule_members_lte", { n: lte });
    return word("rule_members_eq", { n: listed.join(word("rule_or_short")) });
  }

  function bare(document, condition, titles, inner) {
    const parts = condition.all || condition.any;
    if (Array.isArray(parts)) {
      const joined = parts.map((part) => bare(document, part, titles, true)).join(word(condition.all ? "rule_and" : "rule_or"));
      return inner && parts.length > 1 ? word("rule_group", { rule: joined }) : joined;
    }
    if (condition.ctx) return ofFact(condition);
    return condition.item ? ofItem(document, condition, titles) : word("rule_unreadable");
  }

  return {
    namesOf, choicesOf, called,
    say: (document, condition, { titles = false } = {}) => word("rule_shown", { rule: bare(document, condition, titles, false) }),
  };
}
