// Every sentence the designer says comes from the page, in the language of the page.
const told = JSON.parse(document.getElementById("words").textContent);

export function word(key, values = {}) {
  const text = told[key];
  if (text === undefined) return key;
  return text.replace(/%\((\w+)\)s/g, (_, name) => (values[name] === undefined ? "" : values[name]));
}

export const has = (key) => told[key] !== undefined;

export const inChinese = document.documentElement.lang.startsWith("zh");

// A text of the questionnaire as the officer reads it: the page's language first, the other where it is missing.
export const said = (zh, en) => (inChinese ? zh || en || "" : en || zh || "");
