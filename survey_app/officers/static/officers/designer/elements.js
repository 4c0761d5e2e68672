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

// Writing the same words again would have the browser lay the page out again; other words go into the text that is there.
export function say(node, words) {
  const text = node.firstChild;
  if (text && text === node.lastChild && text.nodeType === Node.TEXT_NODE) {
    if (text.data !== words) text.data = words;
  } else if (node.textContent !== words) node.textContent = words;
}

// Has `holder` hold these nodes in this order, moving as few as it can and never, for one step, the one with the focus.
export function arrange(holder, wanted) {
  const stays = new Set(wanted);
  for (const node of [...holder.children]) if (!stays.has(node)) node.remove(); // first what is gone: the rest need not move
  let at = holder.firstElementChild;
  for (const node of wanted) {
    if (at && at !== node && at.nextElementSibling === node && !at.contains(document.activeElement)) {
      at.remove(); // its turn comes later
      at = node;
    }
    if (node === at) at = at.nextElementSibling;
    else holder.insertBefore(node, at);
  }
}

export const $ = (id) => document.getElementById(id);

// A part so long that its questions are laid out one by one as they come near.
export const isLong = (section) => section.items.length > 30;

// When nothing else is to be done, and after a second at the latest.
export const whenIdle = window.requestIdleCallback ? (act) => requestIdleCallback(() => act(), { timeout: 1000 }) : (act) => setTimeout(act, 100);

// When the frame that shows what was just changed is on the screen: for what may follow a moment later.
export function afterShown(act) {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)));
}

// Boxes that cannot be seen just now are drawn a moment later: `mayWait(box)` says so, and `drawAll` follows once the frame is
// shown. A new box counts as seen.
export function farBoxes(drawAll) {
  const far = new WeakSet();
  const watch = new IntersectionObserver((told) => { for (const { target, isIntersecting } of told) far[isIntersecting ? "delete" : "add"](target); });
  let waits = false;
  return {
    watch: (node) => watch.observe(node),
    mayWait(node) {
      if (!far.has(node)) return false;
      if (!waits) afterShown(() => { waits = false; drawAll(); });
      waits = true;
      return true;
    },
  };
}

// A text field grows with what is in it; by itself where the browser knows how, because measuring costs a layout.
const GROWS_ALONE = CSS.supports("field-sizing", "content");
export function grow(area) {
  if (GROWS_ALONE) return;
  area.rows = Math.max(1, area.value.split("\n").length);
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight}px`;
}
