// Moving a question by dragging its grip, with mouse, pen or finger; a line shows where it will stand. At the edge of what is
// seen the list moves along, for as long as the pointer stays there.
import { make } from "./elements.js";

const EDGE = 40; // pixels from the upper or lower edge
const STEP = 12; // pixels a frame

// `placeOf(id)`: where a question stands now; `onDrop(id, place)`: before which place it was let go.
export function makeDragging(holder, { placeOf, onDrop }) {
  let dragged = null;
  const mark = make("div", { class: "drop-mark", "aria-hidden": "true" });

  // What of the list can be seen, and what moves it: its own column on a desk, the page on a phone.
  function view() {
    const column = holder.parentElement;
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(column).overflowY);
    const box = scrolls ? column.getBoundingClientRect() : { top: 0, bottom: innerHeight };
    return { top: Math.max(0, box.top), bottom: Math.min(innerHeight, box.bottom), mover: scrolls ? column : window };
  }

  // The place before which the pointer stands, and where its mark goes: only the line under the pointer is measured.
  function targetAt(y, { top, bottom }) {
    const list = holder.getBoundingClientRect();
    const inside = Math.min(Math.max(y, top + 1, list.top + 1), bottom - 1, list.bottom - 1);
    const hit = document.elementFromPoint(list.left + list.width / 2, inside);
    const line = hit && holder.contains(hit) ? hit.closest(".outline-item, [data-part]") : null;
    if (!line) return null; // on the mark itself, or between two lines: it stays
    const box = line.getBoundingClientRect();
    const below = inside > box.top + box.height / 2;
    if (line.dataset.part === undefined) {
      const [s, i] = placeOf(line.dataset.id);
      return below ? { place: [s, i + 1], show: () => line.after(mark) } : { place: [s, i], show: () => line.before(mark) };
    }
    const s = Number(line.dataset.part);
    const before = line.parentElement.previousElementSibling; // the part before, if any
    if (below || !before) return { place: [s, 0], show: () => line.after(mark) };
    const list_ = before.querySelector("ol");
    return { place: [s - 1, list_.querySelectorAll(".outline-item").length], show: () => list_.append(mark) };
  }

  function look() {
    const seen = view();
    const by = dragged.y < seen.top + EDGE ? -STEP : dragged.y > seen.bottom - EDGE ? STEP : 0;
    if (by) seen.mover.scrollBy(0, by);
    const target = targetAt(dragged.y, seen);
    if (target && String(target.place) !== String(dragged.target)) {
      dragged.target = target.place;
      target.show();
    }
    dragged.frame = by ? requestAnimationFrame(look) : null;
  }

  function move(event) {
    dragged.y = event.clientY;
    if (dragged.frame === null) dragged.frame = requestAnimationFrame(look); // once a frame, however often the pointer tells
  }

  function end(drop) {
    removeEventListener("pointermove", move);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancel);
    removeEventListener("keydown", escape, true);
    if (dragged.frame !== null) {
      cancelAnimationFrame(dragged.frame);
      if (drop) look();
      cancelAnimationFrame(dragged.frame);
    }
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
    dragged = { id: grip.dataset.grip, target: null, y: event.clientY, frame: null };
    holder.classList.add("is-dragging");
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", cancel);
    addEventListener("keydown", escape, true);
  });
}
