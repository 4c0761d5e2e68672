// The window in which one rule is put together: conditions on earlier questions, on the branch's size, on the unit; all or
// any of them; groups within. What it says is read out below as it changes.
import { everyItem } from "./edits.js";
import { make } from "./elements.js";
import { hasChoices } from "./rules.js";
import { word } from "./words.js";

const MEMBERS = "ctx:branch_members";
const UNIT = "ctx:unit";
const DEEPEST = 3;

// A condition as the window holds it: groups and single conditions whose values may still be missing.
export function opened(condition) {
  if (!condition) return { how: "all", parts: [{ subject: "" }] };
  const parts = condition.all || condition.any;
  if (Array.isArray(parts)) return { how: condition.all ? "all" : "any", parts: parts.map((part) => (part.all || part.any ? opened(part) : single(part))) };
  return { how: "all", parts: [single(condition)] };
}

function single(condition) {
  if (condition.ctx === "unit") return { subject: UNIT, values: (condition.in || [condition.eq]).filter((one) => one !== undefined).map(String) };
  if (condition.ctx) {
    const how = condition.gte !== undefined && condition.lte !== undefined ? "between" : condition.gte !== undefined ? "gte" : condition.lte !== undefined ? "lte" : "eq";
    return { subject: MEMBERS, how, n: how === "lte" ? condition.lte : how === "eq" ? condition.eq : condition.gte, m: condition.lte };
  }
  return { subject: condition.item || "", how: condition.not_in ? "not_in" : "in", values: [...(condition.in || condition.not_in || [])] };
}

// Back to what documents hold; null where something is still missing, undefined for no rule at all.
export function closed(node) {
  if (node.parts) {
    const parts = node.parts.map(closed);
    if (parts.some((part) => part === null)) return null;
    const left = parts.filter(Boolean);
    return left.length > 1 ? { [node.how]: left } : left[0];
  }
  if (node.subject === "") return null;
  if (node.subject === UNIT) return node.values.length ? { ctx: "unit", in: node.values } : null;
  if (node.subject === MEMBERS) {
    const whole = (value) => Number.isInteger(value) && value >= 0;
    if (!whole(node.n) || (node.how === "between" && (!whole(node.m) || node.m < node.n))) return null;
    return { ctx: "branch_members", ...{ gte: { gte: node.n }, lte: { lte: node.n }, eq: { eq: node.n }, between: { gte: node.n, lte: node.m } }[node.how] };
  }
  return node.values.length ? { item: node.subject, [node.how]: node.values } : null;
}

// Resolves with a condition, undefined (no rule) or null (closed without a change).
export function askRule({ document, id, before, condition, words, units }) {
  return new Promise((resolve) => {
    const root = opened(condition);
    const offered = everyItem(document).filter(({ item, place: [s, i] }) => hasChoices(item) && (s < before[0] || (s === before[0] && i < before[1])));
    const body = make("div", { class: "rule-body" });
    const reading = make("p", { class: "rule-reading", role: "status" });
    const missing = make("p", { class: "error-text", id: "rule-missing", role: "alert" });
    const dialog = make("dialog", { class: "dialog dialog-wide", "aria-labelledby": "dialog-title" });
    const answer = (value) => { dialog.close(); dialog.remove(); resolve(value); };
    const names = words.namesOf(document);

    function draw(focus = null) {
      body.replaceChildren(group(root, "r", null));
      tell();
      const field = focus && body.querySelector(`[data-field="${focus}"]`);
      if (field) field.focus();
    }

    function tell() {
      const now = closed(root);
      reading.textContent = now ? words.say(document, now, { titles: true }) : now === undefined ? word("rule_none") : word("rule_unfinished");
      if (now !== null) missing.textContent = "";
    }

    function group(node, key, parent) {
      const drop = parent && make("button", { type: "button", class: "quiet", on: { click: () => { parent.parts.splice(parent.parts.indexOf(node), 1); draw(`${key.slice(0, key.lastIndexOf("-"))}-add`); } } }, word("rule_remove_group"));
      const holder = make("fieldset", { class: "rule-group" }, make("legend", { class: "label" }, parent ? word("rule_group_legend") : word("rule_legend", { name: words.called(document, id, false) })));
      if (node.parts.length > 1 || parent) {
        holder.append(labelled(word("rule_how_many"), select(`${key}-how`, [["all", word("rule_all")], ["any", word("rule_any")]], node.how, (value) => { node.how = value; tell(); })));
      }
      holder.append(make("ol", { class: "rule-parts" }, node.parts.map((part, at) => make("li", {}, part.parts ? group(part, `${key}-${at}`, node) : line(part, `${key}-${at}`, node, at)))));
      const add = (part) => { node.parts.push(part); draw(part.parts ? `${key}-${node.parts.length - 1}-0-subject` : `${key}-${node.parts.length - 1}-subject`); };
      holder.append(make("div", { class: "rule-tools" },
        make("button", { type: "button", class: "quiet", data: { field: `${key}-add` }, on: { click: () => add({ subject: "" }) } }, word("rule_add")),
        key.split("-").length < DEEPEST && make("button", { type: "button", class: "quiet", on: { click: () => add({ how: "any", parts: [{ subject: "" }] }) } }, word("rule_add_group")), drop));
      return holder;
    }

    function line(part, key, parent, at) {
      const subjects = [["", word("rule_choose")], ...offered.map(({ item }) => [item.id, `${names.get(item.id).label}　${names.get(item.id).title}`]), [MEMBERS, word("rule_subject_members")], [UNIT, word("rule_subject_unit")]];
      if (part.subject && !subjects.some(([value]) => value === part.subject)) subjects.push([part.subject, word("rule_not_before", { name: words.called(document, part.subject, false) })]);
      const holder = make("fieldset", { class: "rule-line" }, make("legend", { class: "caption" }, word("rule_condition_n", { n: at + 1 })),
        labelled(word("rule_subject"), select(`${key}-subject`, subjects, part.subject, (value) => { parent.parts[at] = blank(value); draw(`${key}-subject`); })));
      if (part.subject === MEMBERS) holder.append(...members(part, key));
      else if (part.subject === UNIT) holder.append(values(part, key, Object.entries(units).map(([value, label]) => ({ id: value, label })), word("rule_units")));
      else if (part.subject && names.has(part.subject) && names.get(part.subject).item) {
        holder.append(labelled(word("rule_how"), select(`${key}-how`, [["in", word("rule_how_in")], ["not_in", word("rule_how_not_in")]], part.how, (value) => { part.how = value; tell(); })),
          values(part, key, words.choicesOf(document, names.get(part.subject).item), word("rule_options")));
      }
      holder.append(make("button", { type: "button", class: "quiet", "aria-label": word("rule_remove_n", { n: at + 1 }), on: { click: () => { parent.parts.splice(at, 1); draw(`${key.slice(0, key.lastIndexOf("-"))}-add`); } } }, word("rule_remove")));
      return holder;
    }

    const blank = (subject) => (subject === MEMBERS ? { subject, how: "gte" } : subject === "" ? { subject } : { subject, how: "in", values: [] });

    function members(part, key) {
      const number = (name, label) => labelled(label, make("input", { type: "number", inputmode: "numeric", min: "0", max: "100000", value: part[name] === undefined ? "" : String(part[name]), data: { field: `${key}-${name}` },
        on: { input: (event) => { const found = Number.parseInt(event.target.value, 10); part[name] = Number.isNaN(found) ? undefined : found; tell(); } } }));
      return [labelled(word("rule_how"), select(`${key}-how`, ["gte", "lte", "eq", "between"].map((how) => [how, word(`rule_how_${how}`)]), part.how, (value) => { part.how = value; draw(`${key}-how`); })),
        number("n", word("rule_people")), ...(part.how === "between" ? [number("m", word("rule_people_to"))] : [])];
    }

    // Ticks for what is chosen; chosen ones that are gone stay visible, so that nothing goes unseen.
    function values(part, key, known, legend) {
      const gone = part.values.filter((value) => !known.some(({ id: each }) => each === value)).map((value) => ({ id: value, label: word("rule_gone_option", { id: value }) }));
      const all = [...known, ...gone];
      if (!all.length) return make("p", { class: "hint" }, word("rule_no_values"));
      return make("fieldset", { class: "rule-values" }, make("legend", { class: "caption" }, legend), all.map(({ id: value, label }) =>
        make("label", { class: "check" }, make("input", { type: "checkbox", checked: part.values.includes(value), data: { field: `${key}-v-${value}` },
          on: { change: (event) => { part.values = all.map((each) => each.id).filter((each) => (each === value ? event.target.checked : part.values.includes(each))); tell(); } } }), make("span", {}, label))));
    }

    function done() {
      const now = closed(root);
      if (now !== null) { answer(now); return; }
      missing.textContent = word("rule_missing");
    }

    dialog.append(make("h2", { id: "dialog-title" }, word("rule_title", { name: words.called(document, id, true) })), body,
      make("p", { class: "caption" }, word("rule_reads")), reading, missing,
      make("div", { class: "rule-buttons" },
        make("button", { type: "button", class: "button", on: { click: done } }, word("rule_done")),
        condition && make("button", { type: "button", class: "button-plain", on: { click: () => answer(undefined) } }, word("rule_drop")),
        make("button", { type: "button", class: "quiet", on: { click: () => answer(null) } }, word("cancel"))));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); answer(null); });
    document_().append(dialog);
    draw();
    dialog.showModal();
    const first = body.querySelector("select");
    if (first) first.focus();
  });
}

const document_ = () => window.document.body;

function labelled(label, control) {
  return make("label", { class: "rule-field" }, make("span", { class: "caption" }, label), control);
}

function select(field, choices, now, change) {
  return make("select", { data: { field }, on: { change: (event) => change(event.target.value) } },
    choices.map(([value, label]) => make("option", { value, selected: value === now }, label)));
}
