// One question on the page: whether it is shown and with what, what is wrong with it, and the way to it.
import { box, every, make } from "./elements.js";

// `place` among the questions asked, from 0; below 0 when it is not asked.
export function showQuestion(item, walked, place) {
  const here = box(item);
  here.hidden = item.kind === "info" ? !walked.path.includes(item) : place < 0;
  if (here.hidden) return;
  const no = here.querySelector(".item-no");
  if (no) no.textContent = place + 1;
  if (item.options_from) {
    every(here, "input").forEach((one) => { one.parentNode.hidden = !walked.choices[item.id].includes(one.value); });
  }
  every(here, "[data-row]").forEach((row) => { row.hidden = !walked.rows[item.id].includes(row.dataset.row); });
}

export function mark(item, sentence) {
  const here = box(item);
  let text = here.querySelector(".error-text");
  here.classList.toggle("item-error", Boolean(sentence));
  if (!sentence) { if (text) text.remove(); return; }
  if (!text) {
    text = make("span", "", { class: "error-text", id: `${item.id}-e` });
    here.insertBefore(text, here.children[1]);
    every(here, "input, textarea").forEach((one) => one.setAttribute("aria-describedby", text.id));
  }
  text.textContent = sentence;
}

export function shortLabel(item) {
  return box(item).dataset.label || box(item).querySelector(".q").textContent.replace(/[：:。.]$/, "");
}

export function goTo(item) {
  const first = every(box(item), "input, textarea").find((one) => one.type !== "hidden" && one.offsetParent);
  if (first) first.focus();
  box(item).scrollIntoView();
}
