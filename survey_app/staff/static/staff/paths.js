// Which questions this person sees, and the answers as they are sent. The meaning of questionnaires/answer_path.py
// and answer_codes.py; a test compares both on random answers. Pure: no page, no storage.

const chosen = (answer) => (typeof answer === "string" ? [answer] : Array.isArray(answer) ? answer : []);

export function holds(condition, kept, facts) {
  if (!condition) return true;
  if (condition.all) return condition.all.every((part) => holds(part, kept, facts));
  if (condition.any) return condition.any.some((part) => holds(part, kept, facts));
  if (condition.fact) return factHolds(condition, facts[condition.fact]);
  const ids = chosen(kept[condition.item]);
  if (!ids.length) return false;
  return condition.in ? ids.some((id) => condition.in.includes(id)) : !ids.some((id) => condition.not_in.includes(id));
}

function factHolds(condition, value) {
  if (value === undefined || ("eq" in condition && value !== condition.eq)) return false;
  if (condition.in && !condition.in.includes(value)) return false;
  if (!("gte" in condition) && !("lte" in condition)) return true;
  if (typeof value !== "number") return false;
  return !(value < condition.gte) && !(value > condition.lte);
}

// The choices of an item that this person is offered.
function offeredChoices(item, kept) {
  if (!item.options_from) return item.choices || [];
  const before = chosen(kept[item.options_from]);
  return item.choices.filter((id, place) => !(item.carried || []).includes(place) || before.includes(id));
}

function offeredRows(item, kept) {
  let rows = item.rows || [];
  if (item.rows_from) rows = rows.filter((row) => chosen(kept[item.rows_from]).includes(row));
  const marked = item.skip_rows_marked_na_in && kept[item.skip_rows_marked_na_in];
  return marked ? rows.filter((row) => marked[row] !== "na") : rows;
}

const carries = (item, kept) =>
  item.kind === "matrix" ? offeredRows(item, kept).length > 0
    : !item.options_from || offeredChoices(item, kept).some((id) => item.carried.includes(item.choices.indexOf(id)));

// One walk in document order: {path: [item], kept: {id: answer}, choices: {id: [..]}, rows: {id: [..]}, asked: [item]}.
export function walk(items, given, facts) {
  const found = { path: [], asked: [], kept: {}, choices: {}, rows: {} };
  for (const item of items) {
    if (item.stage || !holds(item.show_if, found.kept, facts) || !carries(item, found.kept)) continue;
    const choices = offeredChoices(item, found.kept);
    const rows = offeredRows(item, found.kept);
    const missing = (item.missing || []).map((place) => item.choices[place]);
    const real = choices.filter((id) => !missing.includes(id));
    const settled = item.auto_answer && real.length === 1;
    const answer = settled ? real[0] : standing(item, given[item.id], choices, rows);
    found.path.push(item);
    found.choices[item.id] = choices;
    found.rows[item.id] = rows;
    if (answer !== undefined) found.kept[item.id] = answer;
    if (item.kind !== "info" && !settled) found.asked.push(item);
  }
  return found;
}

// The answer without what is no longer offered; undefined for left blank.
function standing(item, answer, choices, rows) {
  if (answer === undefined || answer === "" || (Array.isArray(answer) && !answer.length)) return undefined;
  if (item.kind === "text") return answer.trim() || undefined;
  if (["single", "rating", "likelihood"].includes(item.kind)) return choices.includes(answer) ? answer : undefined;
  if (item.kind !== "matrix") return answer;
  const kept = {};
  rows.forEach((row) => { if (answer[row]) kept[row] = answer[row]; });
  return Object.keys(kept).length ? kept : undefined;
}

// What is missing or wrong with one item on the path: the kind of fault, or "".
export function fault(item, walked) {
  const answer = walked.kept[item.id];
  if (answer === undefined) return item.required ? "missing" : "";
  if (item.kind === "matrix") return item.required && walked.rows[item.id].some((row) => !answer[row]) ? "missing" : "";
  if (item.kind === "multi" || item.kind === "rank_top") return wrongSeveral(item, answer);
  if (item.kind === "text") return wrongText(item, answer);
  if (item.kind === "number") return wrongNumber(item, answer);
  if (item.kind === "date") return wrongDate(item, answer);
  return "";
}

// Whether a choice clears the others, e.g. none of them.
export const standsAlone = (item, id) => (item.exclusive || []).includes(item.choices.indexOf(id));

function wrongSeveral(item, answer) {
  if (answer.length > 1 && answer.some((id) => standsAlone(item, id))) return "exclusive";
  return answer.length > (item.max_select || 99) ? "too_many" : "";
}

function wrongText(item, answer) {
  if (/[\0-\x08\v\f\x0e-\x1f\x7f\ud800-\udfff]/u.test(answer)) return "bad_characters";
  // people count characters, and so does the server: not UTF-16 halves
  return Array.from(answer).length > item.max_length ? "too_long" : "";
}

// A Chinese keyboard may give the wide figures ３ and ７.
const narrow = (answer) => answer.normalize("NFKC").trim();

function wrongNumber(item, answer) {
  if (!/^-?\d{1,12}$/.test(narrow(answer))) return "not_a_number";
  const value = Number(narrow(answer));
  return value < (item.minimum || 0) || value > item.maximum ? "out_of_range" : "";
}

function wrongDate(item, answer) {
  const day = /^\d{4}-\d\d-\d\d$/.test(answer) ? new Date(answer) : NaN;
  // the 30th of February is a day of March to the browser
  if (isNaN(day) || day.toISOString().slice(0, 10) !== answer) return "not_a_date";
  return answer < item.earliest || answer > item.latest ? "out_of_range" : "";
}

// The flat array: null off the path, -1 left blank, else positions, masks, numbers and days.
export function encoded(items, walked) {
  const shown = new Set(walked.path.map((item) => item.id));
  return JSON.stringify([].concat(...items.map((item) => {
    const codes = itemCodes(item, walked.kept[item.id], walked.rows[item.id] || []);
    return shown.has(item.id) ? codes : codes.map(() => null);
  })));
}

function itemCodes(item, answer, rows) {
  const place = (id) => (id ? item.choices.indexOf(id) : -1);
  const blank = answer === undefined;
  switch (item.kind) {
    case "text": case "info": return [];
    case "matrix": return item.rows.map((row) => (rows.includes(row) ? place(answer && answer[row]) : null));
    case "multi": return [blank ? -1 : answer.reduce((sum, id) => sum + 2 ** place(id), 0)];
    case "rank_top": return Array.from({ length: item.max_select }, (_, at) => place(answer && answer[at]));
    case "number": return [blank ? -1 : Number(narrow(answer))];
    case "date": return [blank ? -1 : Date.parse(answer) / 86400000];
    case "best_worst": {
      const screens = blank ? item.design[0].map(() => []) : answer.screens;
      return [blank ? -1 : answer.design].concat(...screens.map((ends) => [place(ends[0]), place(ends[1])]));
    }
    default: return [place(answer)];
  }
}
