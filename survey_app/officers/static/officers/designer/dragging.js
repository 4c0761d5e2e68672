// Moving a question by dragging its grip, with mouse, pen or finger; a line shows where it will stand.
import { make } from "./elements.js";

// `placeOf(id)`: where a question stands now; `onDrop(id, place)`: before which place it was let go.
export function makeDragging(holder, { placeOf, onDrop }) {
  let dragged = null;
  const mark = make("div", { class: "drop-mark", "aria-hidden": "true" });

  // The place before which the pointer stands: of the nearest question, or after the last of a section.
  function targetAt(y) {
    const lines = [...holder.querySelectorAll(".outline-item, [data-part]")];
    let found = null;
    for (const line of lines) {
      const box = line.getBoundingClientRect();
      if (line.dataset.part !== undefined) {
        if (y > box.top + box.height / 2) found = { place: [Number(line.dataset.part), 0], node: line };
      } else {
        const [s, i] = placeOf(line.dataset.id);
        if (y > box.top + box.height / 2) found = { place: [s, i + 1], node: line };
        else if (found === null || found.place[0] < s) found = found || { place: [s, i], node: line };
      }
    }
    return found;
  }

  function move(event) {
    const target = targetAt(event.clientY);
    if (!target) return;
    dragged.target = target.place;
    target.node.after(mark);
    const edge = holder.getBoundingClientRect();
    if (event.clientY < edge.top + 32) holder.scrollBy(0, -12);
    if (event.clientY > edge.bottom - 32) holder.scrollBy(0, 12);
  }

  function end(drop) {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", escape, true);
    mark.remove();
    holder.classList.remove("is-dragging");
    const { id, target } = dragged;
    dragged = null;
    if (drop && target) onDrop(id, target);
  }

  const up = () => end(true);
  const cancel = () => end(false);
  const escape = (event) => { if (event.key === "Escape") { event.stopPropagation(); end(false); } };

  holder.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button > 0) return;
    event.preventDefault();
    dragged = { id: grip.dataset.grip, target: null };
    holder.classList.add("is-dragging");
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape, true);
  });
}
