// The question bank: what the library and past polls asked, found by any word, put in after the selected question.
import * as edits from "./edits.js";
import { make } from "./elements.js";
import { said, word } from "./words.js";

const PAUSE = 200; // milliseconds after the last letter

export function makeBank(button, { told, store, act, tell }) {
  button.addEventListener("click", open);

  function open() {
    const list = make("ul", { class: "bank-list" });
    const count = make("p", { class: "caption", role: "status" });
    const field = make("input", { type: "text", id: "bank-search", autocomplete: "off", on: { input: () => { clearTimeout(timer); timer = setTimeout(search, PAUSE); } } });
    const close = make("button", { type: "button", class: "quiet dialog-close", on: { click: () => shut() } }, word("cancel"));
    const dialog = make("dialog", { class: "dialog bank", "aria-labelledby": "bank-title", on: { cancel: (event) => { event.preventDefault(); shut(); } } },
      make("h2", { id: "bank-title" }, word("bank_title")),
      make("label", { class: "label", for: "bank-search" }, word("bank_search")), field, count, list, close);
    let timer = null;
    let asked = 0;

    function shut() {
      clearTimeout(timer);
      dialog.close();
      dialog.remove();
    }

    async function search() {
      asked += 1;
      const mine = asked;
      if (!list.children.length) count.textContent = word("bank_looking");
      const response = await fetch(`${told.address}/bank?q=${encodeURIComponent(field.value)}`, { credentials: "same-origin", redirect: "manual" }).catch(() => null);
      if (mine !== asked) return; // more was typed meanwhile
      if (!response || !response.ok) { count.textContent = word("bank_lost"); return; }
      const found = await response.json();
      count.textContent = found.n_found ? `${word("bank_found", { n: found.n_found })}${found.n_found > found.items.length ? ` ${word("bank_more")}` : ""}` : word("bank_nothing");
      list.replaceChildren(...found.items.map(line));
    }

    function line(one) {
      const before = one.before && word(one.before.dont_know_percent === null ? "bank_before_plain" : "bank_before", { poll: one.before.poll, base: one.before.base, share: one.before.dont_know_percent });
      return make("li", {}, make("div", {}, make("p", { class: "bank-words" }, said(one.zh, one.en)),
        make("p", { class: "caption" }, `${word(`type_${one.item.type}`)} · ${one.title}`),
        before && make("p", { class: "caption" }, before)),
      make("button", { type: "button", class: "button-plain", on: { click: () => put(one.item) } }, word("bank_add"), make("span", { class: "visually-hidden" }, said(one.zh, one.en))));
    }

    function put(item) {
      const place = store.selected && edits.placeOf(store.document, store.selected);
      const section = store.document.sections.findIndex((each) => each.id === store.selected);
      shut();
      act.insert(place ? [place[0], place[1] + 1] : section < 0 ? null : [section, store.document.sections[section].items.length], [item]);
      tell(word("bank_added"));
    }

    document.body.append(dialog);
    dialog.showModal();
    search();
  }
}
