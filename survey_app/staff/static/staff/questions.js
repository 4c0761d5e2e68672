// The questions on the page: reading what was tapped, showing what was answered, and the few things HTML cannot do
// alone (an exclusive choice, a limit, ranking by tapping in order, first-and-last one group after another).

const every = (root, selector) => Array.from(root.querySelectorAll(selector));
const box = (item) => document.querySelector(`[data-item="${item.id}"]`);
const ranked = {};
export const fill = (text, values) => text.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

export function make(tag, text, attributes) {
  const element = document.createElement(tag);
  if (text !== undefined) element.textContent = text;
  Object.entries(attributes || {}).forEach(([name, value]) => element.setAttribute(name, value));
  return element;
}

export function randomBytes(bytes) {
  return crypto.getRandomValues(new Uint8Array(bytes));
}

const below = (n) => { // without bias
  let value;
  do { value = randomBytes(4).reduce((sum, byte) => sum * 256 + byte, 0); } while (value >= 2 ** 32 - (2 ** 32 % n));
  return value % n;
};

export function shuffled(list) {
  const mixed = list.slice();
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [mixed[at], mixed[other]] = [mixed[other], mixed[at]];
  }
  return mixed;
}

// ---- the order and version drawn for this person, once

export function drawn(items) {
  const order = {};
  items.forEach((item) => {
    if (item.kind === "best_worst") {
      const design = below(item.design.length);
      order[item.id] = { design, screens: item.design[design].map((screen) => shuffled(screen)) };
    } else if (item.randomize) {
      const last = (id, place) => id === "other" || (item.exclusive || []).concat(item.missing || []).includes(place);
      const ids = item.rows || item.choices;
      const moving = item.rows ? ids : ids.filter((id, place) => !last(id, place));
      order[item.id] = shuffled(moving).concat(ids.filter((id) => !moving.includes(id)));
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

const names = {};
function arrangeScreen(item, screen, table) {
  names[item.id] = names[item.id] || {};
  if (!Object.keys(names[item.id]).length) {
    every(box(item), "tbody tr").forEach((row) => { names[item.id][row.querySelector("input").value] = row.querySelector("th").textContent; });
  }
  const heads = every(table, "thead th");
  every(table, "tbody tr").forEach((row, at) => {
    const id = item.choices[screen[at]];
    row.querySelector("th").textContent = names[item.id][id];
    every(row, "input").forEach((radio, end) => {
      radio.value = id;
      radio.setAttribute("aria-label", `${names[item.id][id]}：${heads[end * 2].textContent}`);
    });
  });
}

const inputOf = (item, id) => every(box(item), "input").find((one) => one.value === id);

// ---- reading and writing

export function readAnswer(item, order) {
  const on = every(box(item), "input:checked");
  switch (item.kind) {
    case "rating": case "single": case "likelihood": return on.length ? on[0].value : undefined;
    case "multi": return item.choices.filter((id) => on.some((one) => one.value === id));
    case "rank_top": return ranked[item.id] || [];
    case "matrix": {
      const rows = {};
      on.forEach((one) => { rows[one.name.slice(item.id.length + 1)] = one.value; });
      return Object.keys(rows).length ? rows : undefined;
    }
    case "best_worst": {
      const screens = item.design[0].map(() => [null, null]);
      on.forEach((one) => {
        const [at, end] = one.name.split(".").slice(-2);
        screens[at - 1][end === "best" ? 0 : 1] = one.value;
      });
      return on.length ? { design: order[item.id].design, screens } : undefined;
    }
    default: return box(item).querySelector("textarea, input").value || undefined;
  }
}

export function writeAnswer(item, answer) {
  const field = box(item).querySelector("textarea, input:not([type=radio]):not([type=checkbox]):not([type=hidden])");
  if (field) { field.value = answer === undefined ? "" : answer; return; }
  const wanted = (one) => {
    if (answer === undefined) return false;
    if (item.kind === "matrix") return answer[one.name.slice(item.id.length + 1)] === one.value;
    if (item.kind === "best_worst") {
      const [at, end] = one.name.split(".").slice(-2);
      return answer.screens[at - 1][end === "best" ? 0 : 1] === one.value;
    }
    return answer === one.value || (Array.isArray(answer) && answer.includes(one.value));
  };
  every(box(item), "input[type=radio], input[type=checkbox]").forEach((one) => { one.checked = wanted(one); });
  if (item.kind === "rank_top") { ranked[item.id] = (answer || []).slice(); numberRanks(item); }
}

// ---- rules while tapping; returns a sentence when a tap was taken back

export function tapped(item, one, words) {
  if (item.kind === "multi") {
    const lone = (id) => (item.exclusive || []).includes(item.choices.indexOf(id));
    if (one.checked) {
      every(box(item), "input:checked").forEach((other) => {
        if (other !== one && (lone(one.value) || lone(other.value))) other.checked = false;
      });
    }
    return limit(item, one, every(box(item), "input:checked").length, words);
  }
  if (item.kind === "rank_top") {
    const list = (ranked[item.id] || []).filter((id) => id !== one.value);
    if (one.checked) list.push(one.value);
    const said = limit(item, one, list.length, words);
    if (!said) ranked[item.id] = list;
    numberRanks(item);
    return said;
  }
  if (item.kind === "best_worst" && one.checked) {
    every(one.closest("tr"), "input").forEach((other) => { if (other !== one) other.checked = false; });
  }
  return "";
}

function limit(item, one, count, words) {
  if (!item.max_select || count <= item.max_select) return "";
  one.checked = false;
  return fill(words.limit, { n: item.max_select });
}

// The place each choice was given, as a figure in its row.
function numberRanks(item) {
  every(box(item), ".choice").forEach((row) => {
    const at = (ranked[item.id] || []).indexOf(row.querySelector("input").value);
    let figure = row.querySelector(".at");
    if (!figure) { figure = make("b", "", { class: "at" }); row.appendChild(figure); }
    figure.textContent = at < 0 ? "" : at + 1;
  });
}

// First and last of four: one group at a time, with a way back.
export function groups(item, words) {
  if (box(item).querySelector(".turn")) return;
  const screens = every(box(item), ".screen");
  const turn = (to) => screens.forEach((screen, at) => { screen.hidden = at !== to; });
  screens.forEach((screen, at) => {
    const line = make("p", undefined, { class: "turn" });
    [[at - 1, words.group_back], [at + 1, words.group_next]].forEach(([to, text]) => {
      if (!screens[to]) return;
      const button = make("button", text, { type: "button", class: "button-plain" });
      button.addEventListener("click", () => { turn(to); screens[to].querySelector("input").focus(); });
      line.appendChild(button);
    });
    screen.appendChild(line);
  });
  turn(0);
}

// ---- showing

export function showQuestion(item, walked, place) {
  const here = box(item);
  here.hidden = item.kind === "info" ? !walked.path.includes(item) : place < 0;
  if (here.hidden) return;
  const no = here.querySelector(".item-no");
  if (no) no.textContent = place + 1;
  if (item.options_from) {
    every(here, "input").forEach((one) => { one.parentNode.hidden = !walked.choices[item.id].includes(one.value); });
  }
  every(here, "[data-row]").forEach((row) => { row.hidden = !walked.rows[item.id].includes(row.dataset.row); });
}

export function mark(item, sentence) {
  const here = box(item);
  let text = here.querySelector(".error-text");
  here.classList.toggle("item-error", Boolean(sentence));
  if (!sentence) { if (text) text.remove(); return; }
  if (!text) {
    text = make("span", "", { class: "error-text", id: `${item.id}-e` });
    here.insertBefore(text, here.children[1]);
    every(here, "input, textarea").forEach((one) => one.setAttribute("aria-describedby", text.id));
  }
  text.textContent = sentence;
}

export function shortLabel(item) {
  return box(item).dataset.label || box(item).querySelector(".q").textContent.replace(/[：:。.]$/, "");
}

const worded = (one) => {
  const row = one.closest("tr");
  if (row) return row.querySelector("th").textContent;
  const parts = Array.from(one.nextElementSibling.childNodes).filter((node) => node.textContent);
  return one.getAttribute("aria-label") || parts.map((node) => node.textContent).join(one.parentNode.className === "apart" ? "／" : "");
};

// What was answered, in the lines of the check page.
export function answerLines(item, walked, words) {
  const answer = walked.kept[item.id];
  if (answer === undefined) return [];
  const text = (id) => worded(inputOf(item, id));
  switch (item.kind) {
    case "rating": case "single": case "likelihood": return [text(answer)];
    case "multi": return [answer.map(text).join(words.comma)];
    case "rank_top": return answer.map((id, at) => `${at + 1} ${text(id)}`);
    case "matrix":
      return walked.rows[item.id].filter((row) => answer[row]).map((row) => {
        const here = box(item).querySelector(`[data-row="${row}"]`);
        return `${here.querySelector(".row-text").textContent}${words.colon}${worded(here.querySelector("input:checked"))}`;
      });
    case "best_worst":
      return [0, 1].map((end) => {
        const ids = answer.screens.map((ends) => ends[end]).filter(Boolean);
        const head = every(box(item), "thead th")[end * 2].textContent;
        return ids.length ? `${head}${words.colon}${ids.map((id) => names[item.id][id]).join(words.comma)}` : "";
      }).filter(Boolean);
    default: return String(answer).split("\n");
  }
}

export function goTo(item) {
  const first = every(box(item), "input, textarea").find((one) => one.type !== "hidden" && one.offsetParent);
  if (first) first.focus();
  box(item).scrollIntoView();
}
