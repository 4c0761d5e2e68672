// What chance settles for this person, once: the random numbers of the ballot, the order of choices, the version of a
// first-and-last question.
import { box, every, inputOf } from "./elements.js";

const randomBytes = (count) => crypto.getRandomValues(new Uint8Array(count));

export const randomText = () =>
  btoa(String.fromCharCode(...randomBytes(32))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

// Without bias: the few numbers on top that would favour the first places are drawn again.
const below = (n) => {
  let value;
  do { value = randomBytes(4).reduce((sum, byte) => sum * 256 + byte, 0); } while (value >= 2 ** 32 - (2 ** 32 % n));
  return value % n;
};

function shuffled(list) {
  const mixed = list.slice();
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

// By item: the choices or rows in the order drawn; for first-and-last, the version and the order on each screen.
// A later matrix of the same rows has them in the same order, so that nobody has to look for a row again.
export function drawn(items) {
  const order = {};
  const alike = {};
  items.forEach((item) => {
    if (item.kind === "best_worst") {
      const design = below(item.design.length);
      order[item.id] = { design, screens: item.design[design].map((screen) => shuffled(screen)) };
    } else if (item.randomize || alike[item.rows]) {
      const last = (id, place) => id === "other" || (item.exclusive || []).concat(item.missing || []).includes(place);
      const ids = item.rows || item.choices;
      const moving = item.rows ? ids : ids.filter((id, place) => !last(id, place));
      order[item.id] = alike[item.rows] || shuffled(moving).concat(ids.filter((id) => !moving.includes(id)));
      if (item.rows) alike[item.rows] = order[item.id];
    }
  });
  return order;
}

export function arrange(items, order) {
  items.forEach((item) => {
    const here = order[item.id];
    if (!here) return;
    if (item.kind === "best_worst") {
      here.screens.forEach((screen, at) => arrangeScreen(item, screen, every(box(item), ".screen")[at]));
    } else if (item.rows) {
      here.forEach((row) => box(item).appendChild(box(item).querySelector(`[data-row="${row}"]`)));
    } else {
      here.forEach((id) => { const one = inputOf(item, id).parentNode; one.parentNode.appendChild(one); });
    }
  });
}

// The page comes with the screens of one version, which between them show every choice: from there the names.
const names = {};
export function nameOf(item, id) {
  if (!names[item.id]) {
    names[item.id] = {};
    every(box(item), "tbody tr").forEach((row) => {
      names[item.id][row.querySelector("input").value] = row.querySelector("th").textContent;
    });
  }
  return names[item.id][id];
}

function arrangeScreen(item, screen, table) {
  const heads = every(table, "thead th");
  every(table, "tbody tr").forEach((row, at) => {
    const id = item.choices[screen[at]];
    const name = nameOf(item, id);
    row.querySelector("th").textContent = name;
    every(row, "input").forEach((radio, end) => {
      radio.value = id;
      radio.setAttribute("aria-label", `${name}：${heads[end * 2].textContent}`);
    });
  });
}
