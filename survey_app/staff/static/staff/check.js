// Before sending: every answer read back, with a way to change it.
import { $, box, every, inputOf, make } from "./elements.js";
import { nameOf } from "./drawing.js";
import { shortLabel } from "./questions.js";
import { heading, inPart, isAsked, parts, rewalk, visit, words } from "./visit.js";

export function list() {
  rewalk();
  const given = $("given");
  given.textContent = "";
  parts().forEach((section) => {
    const rows = make("dl", undefined, { class: "answers" });
    inPart(section.id).filter(isAsked).forEach((item) => rows.appendChild(readBack(item)));
    given.appendChild(make("h2", heading(section.id).textContent));
    given.appendChild(rows);
  });
  settle();
}

// Once sending has begun nothing may change: a second try must carry the same bytes, or it would be another ballot.
export function settle() {
  $("check").classList.toggle("settled", Boolean(visit.draft.sending));
  $("check-back").hidden = Boolean(visit.draft.sending);
}

function readBack(item) {
  const lines = answerLines(item);
  const here = make("div", undefined, { class: lines.length > 1 ? "wide" : "" });
  const said = make("dd");
  lines.forEach((one, at) => { if (at) said.appendChild(make("br")); said.appendChild(document.createTextNode(one)); });
  if (!lines.length) said.appendChild(make("span", words.blank, { class: "optional" }));
  const change = make("dd", undefined, { class: "change" });
  change.appendChild(make("button", words.change, { type: "button", class: "as-link", "data-change": item.id,
    "aria-label": words.change_what + shortLabel(item) }));
  [make("dt", shortLabel(item)), said, change].forEach((one) => here.appendChild(one));
  return here;
}

function answerLines(item) {
  const answer = visit.walked.kept[item.id];
  if (answer === undefined) return [];
  const text = (id) => worded(inputOf(item, id));
  switch (item.kind) {
    case "rating": case "single": case "likelihood": return [text(answer)];
    case "multi": return [answer.map(text).join(words.comma)];
    case "rank_top": return answer.map((id, at) => `${at + 1} ${text(id)}`);
    case "matrix":
      return visit.walked.rows[item.id].filter((row) => answer[row]).map((row) => {
        const here = box(item).querySelector(`[data-row="${row}"]`);
        return `${here.querySelector(".row-text").textContent}${words.colon}${worded(here.querySelector("input:checked"))}`;
      });
    case "best_worst":
      return [0, 1].map((end) => {
        const ids = answer.screens.map((ends) => ends[end]).filter(Boolean);
        const head = every(box(item), "thead th")[end * 2].textContent;
        return ids.length ? `${head}${words.colon}${ids.map((id) => nameOf(item, id)).join(words.comma)}` : "";
      }).filter(Boolean);
    default: return String(answer).split("\n");
  }
}

// The words beside an input; a narrow cell shows them in two lines.
function worded(input) {
  const lines = Array.from(input.nextElementSibling.childNodes).filter((node) => node.textContent);
  return input.getAttribute("aria-label")
    || lines.map((node) => node.textContent).join(input.parentNode.className === "apart" ? "／" : "");
}
