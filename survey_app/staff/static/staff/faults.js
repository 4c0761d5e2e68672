// What is missing or wrong: said on top and at the question, in the same words.
import { $, fill, make } from "./elements.js";
import { fault } from "./paths.js";
import { goTo, mark } from "./questions.js";
import { data, inPart, isAsked, placeOf, visit, words } from "./visit.js";

// [item, kind of fault] of a section.
export const wrongIn = (part) =>
  inPart(part).filter(isAsked).map((item) => [item, fault(item, visit.walked)]).filter(([, kind]) => kind);

// True when there was something to complain of.
export function complain(part) {
  const wrong = wrongIn(part);
  inPart(part).filter((item) => item.kind !== "info").forEach((item) => mark(item, ""));
  $("faults").textContent = "";
  if (!wrong.length) return false;
  const only = wrong.every(([, kind]) => kind === "missing");
  const head = fill((only ? words.missing : words.wrong)[wrong.length === 1 ? 0 : 1], { n: wrong.length });
  const summary = make("div", undefined, { class: "error-summary", role: "alert", tabindex: "-1" });
  const found = make("ul");
  wrong.forEach(([item, kind]) => {
    // the same words for many items stand once: [kind of fault, sentence, [item, ...]]
    const [, sentence] = data.faults.find((one) => one[0] === kind && one[2].includes(item.id)) || [0, words.foreign];
    found.appendChild(line(item, sentence));
  });
  [make("h2", head), make("p", words.kept), found].forEach((one) => summary.appendChild(one));
  $("faults").appendChild(summary);
  document.title = words.error + head;
  window.scrollTo(0, 0);
  summary.focus();
  return true;
}

function line(item, sentence) {
  mark(item, sentence);
  const to = make("a", fill(words.at_question, { n: placeOf(item) + 1 }) + sentence, { href: `#${item.id}` });
  to.addEventListener("click", (event) => { event.preventDefault(); goTo(item); });
  const one = make("li");
  one.appendChild(to);
  return one;
}
