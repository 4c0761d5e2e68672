// What the server's checks say of the questionnaire: faults (it cannot be published so), warnings and hints, each at its place.
import { get } from "./tree.js";
import { make } from "./elements.js";
import { word } from "./words.js";

// `check`: { faults, findings, ... } of the state `document`; a place is kept by the id that stood there, because
// questions move while the next check is on its way.
const SEVERITIES = ["blocks", "warns", "hints"];

export function makeFindings(check, document) {
  const all = [
    ...check.faults.map((one) => ({ ...one, severity: "blocks", rule: "fault", mend: false })),
    ...check.findings,
  ].map((one) => ({ ...one, id: ownerOf(document, one.path), key: `${one.rule}@${one.path.join(".")}:${one.sentence}` }));
  const byId = new Map();
  all.sort((one, other) => SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity)); // what must be mended first
  for (const one of all) byId.set(one.id, [...(byId.get(one.id) || []), one]);
  return {
    all,
    signature: all.map((one) => `${one.id} ${one.key} ${one.mend_words}`).join("\n"),
    of: (id) => byId.get(id) || [],
    blocking: all.filter((one) => one.severity === "blocks").length,
    warnings: all.filter((one) => one.severity !== "blocks").length,
  };
}

// The id of the question, or of the section, that a path lies in; null for the questionnaire itself.
function ownerOf(document, path) {
  if (path[0] !== "sections" || path.length < 2) return null;
  const inItem = path[2] === "items" && path.length > 3;
  const owner = get(document, path.slice(0, inItem ? 4 : 2));
  return owner ? owner.id : null;
}

export function makeFindingLines({ mend }) {
  return (own) => own.map((one) => make("div", { class: `banner ${one.severity === "blocks" ? "banner-stop" : "banner-caution"} finding` },
    make("div", {}, make("strong", {}, one.title), make("span", { class: "finding-weight" }, word(`severity_${one.severity}`)), make("p", {}, one.sentence,
      one.mend && " ", one.mend && make("button", { type: "button", class: "quiet", on: { click: () => mend(one) } }, one.mend_words || word("mend"))))));
}
