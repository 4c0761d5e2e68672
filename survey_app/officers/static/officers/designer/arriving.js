// Coming from the checklist: `#at=sections.0.items.2.zh` opens the question, and the field where it can be written.
import { get } from "./tree.js";

export function openAt({ store }, canvas, properties) {
  const said = new URLSearchParams(location.hash.slice(1)).get("at");
  if (!said) return;
  history.replaceState(null, "", location.pathname + location.search);
  const path = said.split(".").map((key) => (/^\d+$/.test(key) ? Number(key) : key));
  const inItem = path[0] === "sections" && path[2] === "items" && path.length > 3;
  const owner = path[0] === "sections" ? get(store.document, path.slice(0, inItem ? 4 : 2)) : null;
  store.select(owner ? owner.id : null);
  properties.draw();
  const folds = [...document.querySelectorAll("#properties details")];
  for (const fold of folds) fold.open = true; // what is in it is made by being unfolded
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const node = owner ? canvas.nodeOf(owner.id) : document.getElementById("properties");
    const field = document.querySelector(`[data-field="${CSS.escape(said)}"]`) || (node && node.querySelector("textarea, input"));
    for (const fold of folds) if (!fold.contains(field)) fold.open = false;
    if (node) node.scrollIntoView({ block: "center" });
    if (field) field.focus();
  }));
}
