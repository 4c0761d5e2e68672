// Answers and the page: reading what was tapped or typed, and showing what was answered before.
import { box, every, make } from "./elements.js";

// Ranking keeps the order of the taps, which the boxes alone do not tell.
const ranked = {};
export const ranksOf = (item) => ranked[item.id] || [];

export function setRanks(item, ids) {
  ranked[item.id] = ids.slice();
  every(box(item), ".choice").forEach((row) => {
    const at = ids.indexOf(row.querySelector("input").value);
    let figure = row.querySelector(".at");
    if (!figure) { figure = make("b", "", { class: "at" }); row.appendChild(figure); }
    figure.textContent = at < 0 ? "" : at + 1;
  });
}

// The names of inputs: of a matrix `item.row`, of first-and-last `item.screen.best` or `item.screen.worst`.
const rowOf = (item, one) => one.name.slice(item.id.length + 1);
function spotOf(one) {
  const [screen, end] = one.name.split(".").slice(-2);
  return [screen - 1, end === "best" ? 0 : 1];
}

// In the form that paths.js takes; undefined for left blank.
export function readAnswer(item, order) {
  const on = every(box(item), "input:checked");
  switch (item.kind) {
    case "rating": case "single": case "likelihood": return on.length ? on[0].value : undefined;
    case "multi": return on.length ? item.choices.filter((id) => on.some((one) => one.value === id)) : undefined;
    case "rank_top": return ranksOf(item).length ? ranksOf(item) : undefined;
    case "matrix": {
      const rows = {};
      on.forEach((one) => { rows[rowOf(item, one)] = one.value; });
      return on.length ? rows : undefined;
    }
    case "best_worst": {
      const screens = item.design[0].map(() => [null, null]);
      on.forEach((one) => { const [screen, end] = spotOf(one); screens[screen][end] = one.value; });
      return on.length ? { design: order[item.id].design, screens } : undefined;
    }
    default: return box(item).querySelector("textarea, input").value || undefined;
  }
}

export function writeAnswer(item, answer) {
  const field = box(item).querySelector("textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden])");
  if (field) { field.value = answer === undefined ? "" : answer; return; }
  every(box(item), "input[type=radio], input[type=checkbox]").forEach((one) => {
    one.checked = answer !== undefined && stands(item, answer, one);
  });
  if (item.kind === "rank_top") setRanks(item, answer || []);
}

function stands(item, answer, one) {
  if (item.kind === "matrix") return answer[rowOf(item, one)] === one.value;
  if (item.kind === "best_worst") {
    const [screen, end] = spotOf(one);
    return answer.screens[screen][end] === one.value;
  }
  return answer === one.value || (Array.isArray(answer) && answer.includes(one.value));
}
