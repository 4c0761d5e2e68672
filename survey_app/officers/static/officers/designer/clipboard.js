// Cut, copy and paste of questions, also between questionnaires and browser tabs: as text that says what it is.
import * as edits from "./edits.js";
import { get } from "./tree.js";

const MARK = "survey_app.items/1";
const writing = (node) => node && (node.tagName === "TEXTAREA" || node.tagName === "INPUT" || node.isContentEditable);

export function makeClipboard(store, { act, tell, word }) {
  const chosen = () => store.selected && edits.placeOf(store.document, store.selected);

  function copy(event, { cut = false } = {}) {
    if (writing(document.activeElement) || String(getSelection()) !== "") return;
    const place = chosen();
    if (!place) return;
    event.preventDefault();
    const item = get(store.document, edits.itemPath(place));
    event.clipboardData.setData("text/plain", JSON.stringify({ format: MARK, items: [item] }));
    tell(word(cut ? "cut_done" : "copy_done"));
    if (cut) act.remove(item.id);
  }

  function paste(event) {
    if (writing(document.activeElement)) return;
    const items = read(event.clipboardData.getData("text/plain"));
    if (!items) return;
    event.preventDefault();
    const place = chosen();
    act.insert(place ? [place[0], place[1] + 1] : null, items);
  }

  function read(text) {
    try {
      const told = JSON.parse(text);
      const usable = told.format === MARK && Array.isArray(told.items) && told.items.every((item) => item && typeof item.id === "string" && typeof item.type === "string");
      return usable ? told.items : null;
    } catch {
      return null;
    }
  }

  document.addEventListener("copy", copy);
  document.addEventListener("cut", (event) => copy(event, { cut: true }));
  document.addEventListener("paste", paste);
}
