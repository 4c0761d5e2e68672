// The map of the paths: every question in order as a list that can be read aloud, and beside it lines from each question
// to those that are shown or left out by its answer. The lines are drawn for the eye only; the words say the same.
import { everyItem } from "./edits.js";
import { make } from "./elements.js";
import { everyRule, onItems } from "./rules.js";
import { word } from "./words.js";

const LANE = 14; // px between two lines that run side by side
const SVG = "http://www.w3.org/2000/svg";

export function makePathMap(store, { words, open }) {
  const drawing = window.document.createElementNS(SVG, "svg");
  drawing.setAttribute("aria-hidden", "true");
  drawing.setAttribute("class", "path-lines");
  const list = make("ol", { class: "path-list" });
  const holder = make("div", { class: "path-map" }, drawing, list);
  let arcs = [];

  function draw(faulty) {
    const document = store.document;
    const rules = new Map(everyRule(document).map((rule) => [rule.id, rule]));
    const known = new Set(everyItem(document).map(({ item }) => item.id));
    const wantedBy = new Map();
    arcs = [];
    for (const { id, condition } of rules.values()) {
      for (const source of new Set(onItems(condition).map((part) => part.item))) {
        wantedBy.set(source, [...(wantedBy.get(source) || []), id]);
        if (known.has(source)) arcs.push({ from: source, to: id });
      }
    }
    list.replaceChildren(...document.sections.map((section) => make("li", {},
      entry(document, section.id, rules.get(section.id), [], faulty, "path-part"),
      make("ol", {}, section.items.map((item) => make("li", {}, entry(document, item.id, rules.get(item.id), wantedBy.get(item.id) || [], faulty, "")))))));
    requestAnimationFrame(drawLines);
  }

  function entry(document, id, rule, wanting, faulty, kind) {
    const name = words.namesOf(document).get(id);
    const node = make("div", { class: `path-entry ${kind}${rule ? " has-rule" : ""}${faulty.has(id) ? " is-faulty" : ""}`, data: { path: id } },
      make("button", { type: "button", class: "path-open", on: { click: () => open(id) } }, make("span", { class: "path-number" }, name.label), " ", make("span", {}, name.title)),
      rule && make("p", { class: "caption" }, words.say(document, rule.condition)),
      wanting.length > 0 && make("p", { class: "caption path-decides" }, word("path_decides", { names: wanting.map((each) => words.called(document, each, false)).join(word("comma")) })),
      faulty.has(id) && make("p", { class: "error-text" }, faulty.get(id)));
    const light = (on) => drawing.querySelectorAll(`[data-ends~="${CSS.escape(id)}"]`).forEach((line) => line.classList.toggle("is-on", on));
    for (const [kind_, on] of [["mouseenter", true], ["mouseleave", false], ["focusin", true], ["focusout", false]]) node.addEventListener(kind_, () => light(on));
    return node;
  }

  // Lines that overlap get lanes of their own, the shortest nearest to the list.
  function drawLines() {
    const top = list.getBoundingClientRect().top;
    const middle = (id) => {
      const node = list.querySelector(`[data-path="${CSS.escape(id)}"] button`);
      const box = node && node.getBoundingClientRect();
      return box && box.height ? box.top + box.height / 2 - top : null;
    };
    const lines = arcs.map(({ from, to }) => ({ from, to, a: middle(from), b: middle(to) })).filter(({ a, b }) => a !== null && b !== null);
    lines.sort((one, other) => Math.abs(one.a - one.b) - Math.abs(other.a - other.b));
    const lanes = [];
    for (const line of lines) {
      const [low, high] = [Math.min(line.a, line.b), Math.max(line.a, line.b)];
      line.lane = lanes.findIndex((lane) => lane.every((taken) => taken.from === line.from || taken.high < low - 4 || taken.low > high + 4));
      if (line.lane < 0) line.lane = lanes.push([]) - 1;
      lanes[line.lane].push({ low, high, from: line.from });
    }
    const width = lanes.length ? Math.min(lanes.length, 10) * LANE + 12 : 0;
    drawing.setAttribute("width", String(width));
    drawing.setAttribute("height", String(Math.ceil(list.getBoundingClientRect().height)));
    list.style.marginLeft = `${width}px`;
    drawing.replaceChildren(...lines.flatMap((line) => shapes(line, width)));
  }

  function shapes({ from, to, a, b, lane }, width) {
    const x = width - 10 - Math.min(lane, 9) * LANE - 6;
    const line = window.document.createElementNS(SVG, "path");
    line.setAttribute("d", `M${width} ${a}H${x + 5}Q${x} ${a} ${x} ${a + (b > a ? 5 : -5)}V${b + (b > a ? -5 : 5)}Q${x} ${b} ${x + 5} ${b}H${width - 6}`);
    const head = window.document.createElementNS(SVG, "path");
    head.setAttribute("d", `M${width - 7} ${b - 4}L${width} ${b}L${width - 7} ${b + 4}Z`);
    head.setAttribute("class", "path-head");
    for (const one of [line, head]) {
      one.setAttribute("data-ends", `${from} ${to}`);
      if (b < a) one.classList.add("is-back");
    }
    return [line, head];
  }

  addEventListener("resize", () => { if (holder.offsetParent) drawLines(); });
  return { holder, draw };
}
