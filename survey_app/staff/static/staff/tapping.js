// The few rules of tapping that HTML cannot keep alone: an exclusive choice, a limit, ranking by tapping in order,
// first-and-last one group after another.
import { box, every, fill, inputOf, make } from "./elements.js";
import { standsAlone } from "./paths.js";
import { ranksOf, setRanks } from "./answers.js";
import { goTo } from "./questions.js";

// Returns a sentence when a tap was taken back, else "".
export function tapped(item, one, words) {
  if (one.checked && item.exclusive) clearOthers(item, one);
  if (item.kind === "multi") return limit(item, one, every(box(item), "input:checked").length, words);
  if (item.kind === "rank_top") return tappedInOrder(item, one, words);
  if (item.kind === "best_worst" && one.checked) {
    every(one.closest("tr"), "input").forEach((other) => { if (other !== one) other.checked = false; });
  }
  return "";
}

// A choice that stands alone clears the others, and another clears it.
function clearOthers(item, one) {
  every(box(item), "input:checked").forEach((other) => {
    if (other !== one && [one, other].some((input) => standsAlone(item, input.value))) other.checked = false;
  });
}

function tappedInOrder(item, one, words) {
  const ids = ranksOf(item).filter((id) => id !== one.value && inputOf(item, id).checked);
  if (one.checked) ids.push(one.value);
  const said = limit(item, one, ids.length, words);
  if (!said) setRanks(item, ids);
  return said;
}

function limit(item, one, count, words) {
  if (!item.max_select || count <= item.max_select) return "";
  one.checked = false;
  return fill(words.limit, { n: item.max_select });
}

// First-and-last shows one group at a time, with a way on and a way back.
const screensOf = (item) => every(box(item), ".screen");

function turn(item, to) {
  screensOf(item).forEach((screen, at) => { screen.hidden = at !== to; });
  screensOf(item)[to].dataset.seen = "yes";
}

export function groups(item, words) {
  const screens = screensOf(item);
  screens.forEach((screen, at) => {
    delete screen.dataset.seen;
    if (screen.querySelector(".turn")) return;
    const line = make("p", undefined, { class: "turn" });
    [[at - 1, words.group_back], [at + 1, words.group_next]].forEach(([to, text]) => {
      if (!screens[to]) return;
      const button = make("button", text, { type: "button", class: "button-plain" });
      button.addEventListener("click", () => { turn(item, to); goTo(item); });
      line.appendChild(button);
    });
    screen.appendChild(line);
  });
  turn(item, 0);
}

// Continue leads through the groups before it leads on: true when there was one not seen yet.
export function turnedOn(items) {
  return items.filter((item) => item.kind === "best_worst").some((item) => {
    const to = screensOf(item).findIndex((screen) => !screen.dataset.seen && !screen.querySelector(":checked"));
    if (to < 0) return false;
    turn(item, to);
    goTo(item);
    return true;
  });
}
