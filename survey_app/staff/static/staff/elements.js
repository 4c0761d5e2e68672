// Finding and making the pieces of the page.

export const $ = (id) => document.getElementById(id);
export const every = (root, selector) => Array.from(root.querySelectorAll(selector));

// The frame of one question, and one of its inputs by what it stands for.
export const box = (item) => document.querySelector(`[data-item="${item.id}"]`);
export const inputOf = (item, id) => every(box(item), "input").find((one) => one.value === id);

// A sentence of the server with its gaps, %(n)s and the like, filled in.
export const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

export function make(tag, text, attributes) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}
