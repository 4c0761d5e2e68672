// The list of sections and questions on the left: to go there, to move by drag or keyboard, to see where something is amiss.
import { everyItem } from "./edits.js";
import { make, say } from "./elements.js";
import { said, word } from "./words.js";

export function makeOutline(holder, store, { findingsOf, onOpen }) {
  let drawn = null;
  let drawnSelected = null;
  let drawnFindings = null;
  const lines = new Map(); // id -> { node, from: what it was drawn from }

  // A line is made again only if something it shows has changed.
  function line(id, from, render) {
    const kept = lines.get(id);
    if (kept && kept.from === from) return kept.node;
    const node = render();
    lines.set(id, { node, from });
    return node;
  }

  function entry(id, number, text, place, remarks) {
    const stop = remarks.filter((one) => one.severity === "blocks").length;
    const here = id === store.selected;
    return make("li", { class: `outline-item${here ? " is-on" : ""}`, data: { id, place: place.join(".") } },
      make("span", { class: "grip", "aria-hidden": "true", data: { grip: id } }, "⠿"),
      make("button", {
        type: "button", class: "outline-go", "aria-current": here ? "true" : false, data: { go: id },
        on: { click: () => { store.select(id); onOpen(id); } },
      }, make("span", { class: "outline-number" }, number), make("span", { class: "outline-text" }, text || word("untitled")),
      remarks.length > 0 && make("span", { class: "warn" }, word(stop ? "n_blocking" : "remarks", { n: stop || remarks.length }))));
  }

  function part(id, s, title, here) {
    return make("li", { class: `outline-part${here ? " is-on" : ""}`, data: { id, part: String(s) } },
      make("button", { type: "button", class: "outline-go", "aria-current": here ? "true" : false, data: { go: id }, on: { click: () => { store.select(id); onOpen(id); } } },
        make("span", { class: "outline-number" }, word("part_n", { n: s + 1 })), make("span", { class: "outline-text" }, title)));
  }

  function draw() {
    const document = store.document;
    const findings = findingsOf();
    if (document === drawn && store.selected === drawnSelected && findings === drawnFindings) return;
    const focused = holder.contains(window.document.activeElement) ? window.document.activeElement.dataset.go : null;
    drawn = document;
    drawnSelected = store.selected;
    drawnFindings = findings;
    let number = 0;
    const wanted = [];
    document.sections.forEach((section, s) => {
      const here = section.id === store.selected;
      const title = said(section.title_zh, section.title_en) || word("untitled_part");
      wanted.push(line(section.id, JSON.stringify(["part", s, here, title]), () => part(section.id, s, title, here)));
      section.items.forEach((item, i) => {
        if (item.type !== "info") number += 1;
        const remarks = findings.of(item.id);
        const shown = item.type === "info" ? "·" : String(number);
        const text = said(item.zh, item.en);
        const stop = remarks.filter((one) => one.severity === "blocks").length;
        const node = line(item.id, JSON.stringify([text, item.id === store.selected, stop, remarks.length]), () => entry(item.id, shown, text, [s, i], remarks));
        const place = `${s}.${i}`;
        if (node.dataset.place !== place) node.dataset.place = place;
        say(node.querySelector(".outline-number"), shown); // numbers shift with what comes before; the line stays
        wanted.push(node);
      });
    });
    const stands = new Set(wanted);
    for (const [id, kept] of lines) if (!stands.has(kept.node)) lines.delete(id);
    for (const node of [...holder.children]) if (!stands.has(node)) node.remove();
    let at = holder.firstElementChild;
    for (const node of wanted) {
      if (node === at) at = at.nextElementSibling;
      else holder.insertBefore(node, at);
    }
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
