// Moving: from the start through the sections to the check, and back.
import { $, fill } from "./elements.js";
import { showQuestion } from "./questions.js";
import { data, english, heading, inPart, isAsked, parts, placeOf, rewalk, save, startTitle, visit, words } from "./visit.js";
import { wrongIn } from "./faults.js";
import { list } from "./check.js";

const ways = () => parts().map((section) => section.id).concat("check");

export function show(view, push) {
  if (visit.done) return;
  const part = data.sections.find((section) => section.id === view);
  if (part && !parts().includes(part)) view = parts()[0].id;
  visit.view = view;
  if (view !== "start") { visit.draft.at = view; save(); }
  ["start", "check"].forEach((id) => { $(id).hidden = id !== view; });
  $("answers").hidden = !$(`part-${view}`);
  data.sections.forEach((section) => { $(`part-${section.id}`).hidden = section.id !== view; });
  $("faults").textContent = "";
  if (view === "check") list();
  else if (view !== "start") refresh();
  if (push) history.pushState({ view }, "");
  arrive(view);
}

function arrive(view) {
  const head = $(`part-${view}`) ? heading(view) : $(view).querySelector("h1");
  const part = view !== "check" && $("part").textContent;
  document.title = view === "start" ? startTitle : (part ? part + words.colon : "") + head.textContent;
  if (view !== "start") { head.setAttribute("tabindex", "-1"); head.focus(); }
  window.scrollTo(0, 0);
}

// The section in sight, after every answer.
export function refresh() {
  rewalk();
  inPart(visit.draft.at).forEach((item) => showQuestion(item, visit.walked, placeOf(item)));
  const { asked, kept } = visit.walked;
  const here = parts();
  const at = here.findIndex((section) => section.id === visit.draft.at);
  $("part").textContent = here.length > 1 ? fill(words.part, { n: at + 1, all: here.length }) : "";
  $("count").textContent = fill(words.count, { n: asked.filter((item) => item.id in kept).length, all: asked.length });
  const next = here[at + 1];
  const note = [words.not_sent, visit.kept ? words.saved : visit.draft.shared ? words.shared : words.unsaved,
    next ? fill(words.next, { title: heading(next.id).textContent }) : words.next_check].join(english ? " " : "");
  // screen readers read it out: only when it says something new
  if ($("saved").textContent !== note) $("saved").textContent = note;
}

export const before = (view) => ways()[ways().indexOf(view) - 1] || "start";

// Continue: to the next section, or straight on to the check once everything has been asked.
export function onward() {
  const { at, tried } = visit.draft;
  if (!tried.includes(at)) tried.push(at);
  const left = ways().slice(ways().indexOf(at) + 1);
  return left.find((id) => !tried.includes(id) || wrongIn(id).length) || "check";
}
