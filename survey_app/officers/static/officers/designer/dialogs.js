// Small windows: choose a type, settle a conflict. The browser's own dialog element keeps focus inside and closes by Escape.
// Opening one restyles the whole page, because all else becomes inert; a window of the everyday work (`light`) spares that:
// a veil takes the pointer and the focus is brought back by hand.
import { make } from "./elements.js";
import { word } from "./words.js";

// Resolves with the chosen value, or null when it was closed. `choices`: { value, label, hint, primary }.
export function ask({ title, sentences = [], choices, list = false, closable = true, light = false }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const dialog = make("dialog", { class: `dialog${light ? " is-light" : ""}`, "aria-labelledby": "dialog-title", "aria-modal": light ? "true" : null });
    const veil = light && make("div", { class: "dialog-veil", on: { pointerdown: (event) => event.preventDefault() } });
    const stay = (event) => { if (!event.target.closest("dialog")) dialog.querySelector("button").focus(); };
    const answer = (value) => {
      document.removeEventListener("focusin", stay);
      if (veil) veil.remove();
      dialog.remove(); // without closing, which would take the focus back to where it leaves again at once
      if (value === null && before && before.isConnected) before.focus();
      resolve(value);
    };
    dialog.append(make("h2", { id: "dialog-title" }, title), ...sentences.map((sentence) => make("p", {}, sentence)),
      make("div", { class: list ? "dialog-list" : "actions" }, choices.map((choice) =>
        make("button", { type: "button", class: choice.primary ? "button" : "button-plain", on: { click: () => answer(choice.value) } },
          choice.label, choice.hint && make("span", { class: "hint" }, choice.hint)))),
      closable ? make("button", { type: "button", class: "quiet dialog-close", on: { click: () => answer(null) } }, word("cancel")) : "");
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); if (closable) answer(null); });
    if (light) dialog.addEventListener("keydown", (event) => {
      const all = [...dialog.querySelectorAll("button")];
      const edge = event.shiftKey ? all[0] : all[all.length - 1];
      if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); answer(null); }
      if (event.key === "Tab" && document.activeElement === edge) { event.preventDefault(); all[event.shiftKey ? all.length - 1 : 0].focus(); }
    });
    // Arrow keys go through the choices, as in any menu.
    dialog.addEventListener("keydown", (event) => {
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      const all = [...dialog.querySelectorAll("button")];
      const at = all.indexOf(document.activeElement);
      if (!by || at < 0) return;
      event.preventDefault();
      all[(at + by + all.length) % all.length].focus();
    });
    document.body.append(...(veil ? [veil] : []), dialog);
    if (!light) { dialog.showModal(); return; }
    document.addEventListener("focusin", stay);
    dialog.show();
  });
}
