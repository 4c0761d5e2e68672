// Small windows: choose a type, settle a conflict. The browser's own dialog element keeps focus inside and closes by Escape.
import { make } from "./elements.js";
import { word } from "./words.js";

// Resolves with the chosen value, or null when it was closed. `choices`: { value, label, hint, primary }.
export function ask({ title, sentences = [], choices, list = false, closable = true }) {
  return new Promise((resolve) => {
    const dialog = make("dialog", { class: "dialog", "aria-labelledby": "dialog-title" });
    const answer = (value) => { dialog.close(); dialog.remove(); resolve(value); };
    dialog.append(make("h2", { id: "dialog-title" }, title), ...sentences.map((sentence) => make("p", {}, sentence)),
      make("div", { class: list ? "dialog-list" : "actions" }, choices.map((choice) =>
        make("button", { type: "button", class: choice.primary ? "button" : "button-plain", on: { click: () => answer(choice.value) } },
          choice.label, choice.hint && make("span", { class: "hint" }, choice.hint)))),
      closable ? make("button", { type: "button", class: "quiet dialog-close", on: { click: () => answer(null) } }, word("cancel")) : "");
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (closable) answer(null); });
    // Arrow keys go through the choices, as in any menu.
    dialog.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const all = [...dialog.querySelectorAll("button")];
      const at = all.indexOf(document.activeElement);
      if (!by || at < 0) return;
      event.preventDefault();
      all[(at + by + all.length) % all.length].focus();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
