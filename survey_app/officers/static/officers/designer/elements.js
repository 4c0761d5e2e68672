// Making pieces of the page. Texts are always set as text, never as markup.

export function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [kind, act] of Object.entries(value)) node.addEventListener(kind, act);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && name !== "list" && typeof value !== "string") node[name] = value;
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children.flat()) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
  return node;
}

// Writing the same words again would have the browser lay the page out again.
export function say(node, words) {
  if (node.textContent !== words) node.textContent = words;
}

export const $ = (id) => document.getElementById(id);

// A text field grows with what is in it; by itself where the browser knows how, because measuring costs a layout.
const GROWS_ALONE = CSS.supports("field-sizing", "content");
export function grow(area) {
  if (GROWS_ALONE) return;
  area.rows = Math.max(1, area.value.split("\n").length);
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
