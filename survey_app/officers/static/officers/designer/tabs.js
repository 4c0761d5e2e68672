// The tabs of the bar: 设计 shows the three columns, every other one a panel of its own in their place.
// A panel is made hidden; its tab's `shown` draws it when it is looked at. The address's #name opens a tab.
import { $, make } from "./elements.js";
import { word } from "./words.js";

export function makeTabs(nav, columns) {
  const all = new Map();

  function add(name, { label, panel, shown = () => {} }) {
    const button = make("button", { type: "button", class: "tab", data: { tab: name }, on: { click: () => show(name) } }, label);
    all.set(name, { button, panel, shown });
    nav.append(button);
    if (panel !== columns) { panel.hidden = true; columns.after(panel); }
    if (location.hash === `#${name}`) show(name);
  }

  function show(name) {
    for (const [each, { button, panel }] of all) {
      panel.hidden = each !== name;
      if (each === name) button.setAttribute("aria-current", "page"); else button.removeAttribute("aria-current");
    }
    all.get(name).shown();
  }

  add("design", { label: word("tab_design"), panel: columns });
  show("design");
  return {
    add, show,
    label(name, words) { all.get(name).button.textContent = words; },
    isOpen: (name) => !all.get(name).panel.hidden,
  };
}

// A sentence under the bar about what an edit did elsewhere, with the way back.
export function notice(sentences, actions = []) {
  const holder = $("notice");
  holder.replaceChildren();
  holder.hidden = sentences.length === 0;
  if (holder.hidden) return;
  holder.append(make("div", { class: "banner banner-caution" }, make("div", {},
    sentences.map((sentence) => make("p", {}, sentence)),
    make("div", { class: "notice-tools" }, [...actions, [word("close"), () => {}]].map(([label, run]) =>
      make("button", { type: "button", class: "quiet", on: { click: () => { notice([]); run(); } } }, label))))));
}

// The same beside what the same edit has been told of already.
export function alsoNotice(sentences, actions = []) {
  const tools = $("notice").querySelector(".notice-tools");
  if ($("notice").hidden || !tools) notice(sentences, actions);
  else tools.before(...sentences.map((sentence) => make("p", {}, sentence)));
}
