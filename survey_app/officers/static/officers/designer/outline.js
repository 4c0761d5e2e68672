// The list of sections and questions on the left: to go there, to move by drag or keyboard, to see where something is amiss.
// Lines stay; an edit only writes what has become different into them.
import { everyItem } from "./edits.js";
import { arrange, farBoxes, isLong, make, say } from "./elements.js";
import { said, word } from "./words.js";

const LINE_HEIGHT = 56; // pixels, of a line that was never laid out

export function makeOutline(holder, store, { findingsOf, onOpen }) {
  let drawn = [];
  const lines = new Map(); // id of a section or question -> its pieces
  const far = farBoxes(() => draw({ everything: true }));

  function goTo(id) {
    return make("button", { type: "button", class: "outline-go", data: { go: id }, on: { click: () => { store.select(id); onOpen(id); } } });
  }

  function newPart(id) {
    const number = make("span", { class: "outline-number" });
    const text = make("span", { class: "outline-text" });
    const go = goTo(id);
    go.append(number, text);
    const head = make("div", { class: "outline-head" }, go);
    const list = make("ol", {});
    const node = make("li", { class: "outline-part", data: { id } }, head, list);
    far.watch(node);
    return { node, marked: head, go, number, text, head, list, drawn: [] };
  }

  function newItem(id) {
    const number = make("span", { class: "outline-number" });
    const text = make("span", { class: "outline-text" });
    const go = goTo(id);
    go.append(number, text);
    const node = make("li", { class: "outline-item", data: { id } }, make("span", { class: "grip", "aria-hidden": "true", data: { grip: id } }, "⠿"), go);
    return { node, marked: node, go, number, text, warn: null, remarks: "" };
  }

  function lineOf(id, begin) {
    if (!lines.has(id)) lines.set(id, begin(id));
    return lines.get(id);
  }

  // Where we are: looked up by its mark, so that only two lines are touched when the selection moves on.
  function drawSelected() {
    for (const [id, yes] of [[drawn[1], false], [store.selected, true]]) {
      const line = lines.get(id);
      if (!line) continue;
      line.marked.classList.toggle("is-on", yes);
      if (yes) line.go.setAttribute("aria-current", "true"); else line.go.removeAttribute("aria-current");
    }
  }

  function drawRemarks(line, remarks) {
    const stop = remarks.filter((one) => one.severity === "blocks").length;
    const words = remarks.length ? word(stop ? "n_blocking" : "remarks", { n: stop || remarks.length }) : "";
    if (words === line.remarks) return;
    line.remarks = words;
    if (line.warn && !words) line.warn.remove();
    if (!words) { line.warn = null; return; }
    if (!line.warn) line.go.append(line.warn = make("span", { class: "warn" }));
    line.warn.classList.toggle("is-stop", stop > 0);
    say(line.warn, words);
  }

  function drawPart(part, section, s, first, findings) {
    const from = [section, s, first, findings];
    if (from.every((value, at) => value === part.drawn[at])) return;
    part.drawn = from;
    part.node.classList.toggle("is-long", isLong(section));
    part.node.style.containIntrinsicBlockSize = `auto ${LINE_HEIGHT * (section.items.length + 1)}px`;
    part.head.dataset.part = String(s);
    say(part.number, word("part_n", { n: s + 1 }));
    say(part.text, said(section.title_zh, section.title_en) || word("untitled_part"));
    let number = first;
    arrange(part.list, section.items.map((item) => {
      const line = lineOf(item.id, newItem);
      say(line.number, item.type === "info" ? "·" : String(++number));
      say(line.text, said(item.zh, item.en) || word("untitled"));
      drawRemarks(line, findings.of(item.id));
      return line.node;
    }));
  }

  function draw({ everything = false } = {}) {
    const document = store.document;
    const findings = findingsOf();
    const from = [document, store.selected, findings];
    if (!everything && from.every((value, at) => value === drawn[at])) return;
    const focused = holder.contains(window.document.activeElement) ? window.document.activeElement.dataset.go : null;
    if (everything || document !== drawn[0] || findings !== drawn[2]) {
      let number = 0;
      arrange(holder, document.sections.map((section, s) => {
        const part = lineOf(section.id, newPart);
        if (everything || section.items.some((item) => item.id === store.selected) || !far.mayWait(part.node)) drawPart(part, section, s, number, findings);
        for (const item of section.items) if (item.type !== "info") number += 1;
        return part.node;
      }));
      for (const [id, line] of lines) if (!holder.contains(line.node)) lines.delete(id);
    }
    drawSelected();
    drawn = from;
    if (focused && !holder.contains(window.document.activeElement)) {
      const again = holder.querySelector(`[data-go="${CSS.escape(focused)}"]`);
      if (again) again.focus();
    }
  }

  // Arrow keys go up and down the list as in any list of this kind.
  holder.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key)) return;
    const all = [...holder.querySelectorAll("[data-go]")];
    const at = all.indexOf(window.document.activeElement);
    if (at < 0) return;
    event.preventDefault();
    const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    store.select(next.dataset.go);
    const again = holder.querySelector(`[data-go="${CSS.escape(next.dataset.go)}"]`);
    if (again) again.focus();
  });

  store.listen(draw);
  return { draw, count: () => everyItem(store.document).length };
}
