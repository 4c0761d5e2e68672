// The phone beside the canvas: the server's own answering page of the state that is saved, in a frame of our own.
// Two frames take turns: the next one loads unseen and comes to the front when it stands at the right question.
// The answering page moves the focus when it opens and when it turns; here it must not, for somebody is writing: it comes
// inert, and an inert page cannot take the focus. It can be used while the pointer is over it; by keyboard there is the tab
// of its own, so that nobody has to walk through the phone to get from the questions to their settings.
import * as edits from "./edits.js";
import { make, whenIdle } from "./elements.js";
import { word } from "./words.js";

const NARROW = "(max-width: 900px)";

export function makePreview(holder, { told, store }) {
  let language = document.documentElement.lang.startsWith("zh") || !told.bilingual ? "zh" : "en";
  let members = told.sizes[1];
  let round = 0;
  const frames = [0, 1].map(() => make("iframe", { title: word("phone_preview"), class: "phone-frame", tabindex: "-1" }));
  let [front, back] = frames;
  const note = make("p", { class: "caption", role: "status" });
  const tryLink = make("a", { target: "_blank", rel: "noopener" }, word("try_out"));
  const screen = make("div", { class: "phone-screen", on: { pointerenter: () => reachable(true), pointerleave: (event) => { if (event.pointerType === "mouse") reachable(false); } } }, frames);
  const languageButtons = ["zh", "en"].map((each) => make("button", { type: "button", class: "quiet", lang: each, on: { click: () => speak(each) } }, each === "zh" ? word("in_chinese") : word("in_english")));
  const size = make("select", { id: "preview-size", on: { change: () => { members = Number(size.value); draw(); } } },
    told.sizes.map((each) => make("option", { value: String(each), selected: each === members }, word("branch_of", { n: each }))));
  const fold = make("details", { class: "preview", on: { toggle: () => draw() } },
    make("summary", {}, make("h2", {}, word("phone_preview")), make("span", { class: "caption" }, word("not_final"))),
    make("div", { class: "phone" }, screen), note,
    make("div", { class: "preview-tools" }, told.bilingual && make("span", { role: "group", "aria-label": word("preview_language") }, languageButtons),
      make("label", { class: "visually-hidden", for: "preview-size" }, word("preview_size")), size, tryLink));
  fold.open = !matchMedia(NARROW).matches;
  holder.append(fold);

  function speak(chosen) {
    language = chosen;
    draw();
  }

  // The answering page keeps what is chosen on it under this name; what is laid there is taken up as a draft of its own.
  const key = `survey.draft.preview-${told.id}-frame`;

  function layOut() {
    try {
      const kept = JSON.parse(localStorage.getItem(key)) || {};
      const unit = `m${members}`;
      sessionStorage.setItem(key, JSON.stringify({ answers: kept.answers || {}, unit, credential: { unit }, at: sectionShown() || "start" }));
    } catch { /* no memory in this browser: the page opens at its start */ }
  }

  function draw() {
    languageButtons.forEach((each) => each.setAttribute("aria-pressed", String(each.lang === language)));
    tryLink.href = `${told.address}/try?language=${language}&members=${members}`;
    if (!fold.open) return;
    round += 1;
    const mine = round;
    layOut();
    back.onload = () => { if (mine === round) turn(); };
    back.src = `${told.address}/preview?language=${language}&members=${members}&round=${mine}`;
  }

  function turn() {
    [front, back] = [back, front];
    front.contentDocument.addEventListener("click", stay, true);
    follow();
    front.classList.add("is-front");
    back.classList.remove("is-front");
  }

  function reachable(yes) {
    const page = front.contentDocument;
    if (page && page.body) page.body.inert = !yes;
  }

  // Links lead out of the phone; only the switch of language is followed.
  function stay(event) {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    event.stopPropagation();
    if (link.id === "other-language") speak(language === "zh" ? "en" : "zh");
  }

  function sectionShown() {
    const place = store.selected && edits.placeOf(store.document, store.selected);
    const section = place ? store.document.sections[place[0]] : store.document.sections.find((each) => each.id === store.selected);
    return section ? section.id : null;
  }

  // To the part and the question that are selected on the canvas.
  function follow() {
    const page = front.contentDocument;
    note.textContent = "";
    if (!page || !page.getElementById("start")) return;
    const section = sectionShown();
    const wanted = section && page.getElementById(`part-${section}`) ? section : "start";
    const here = page.getElementById(wanted === "start" ? "start" : `part-${wanted}`);
    if (here.hidden) {
      reachable(false);
      front.contentWindow.dispatchEvent(new PopStateEvent("popstate", { state: { view: wanted } }));
    }
    const question = store.selected && page.querySelector(`[data-item="${CSS.escape(store.selected)}"]`);
    const unseen = section && (here.hidden || (question && question.hidden));
    if (unseen) note.textContent = word("not_asked_now");
    const top = question && !question.hidden && !here.hidden ? question.getBoundingClientRect().top + front.contentWindow.scrollY - 12 : 0;
    front.contentWindow.scrollTo(0, Math.max(0, top));
    reachable(screen.matches(":hover"));
  }

  // The phone loads a whole page: not while somebody is writing, nor between a window that is asked for and its answer.
  const QUIET = 600; // milliseconds without an edit, a key or a press
  let edited = 0;
  let waiting = null;
  function drawWhenQuiet() {
    clearTimeout(waiting);
    const left = document.querySelector("dialog[open]") ? QUIET : edited + QUIET - performance.now();
    if (left > 0) waiting = setTimeout(drawWhenQuiet, left);
    else whenIdle(draw);
  }
  for (const kind of ["keydown", "pointerdown"]) addEventListener(kind, () => { edited = performance.now(); }, { capture: true, passive: true });

  let following = null;
  let document_ = store.document;
  let followed = store.selected;
  store.listen(() => {
    if (store.document !== document_) edited = performance.now();
    document_ = store.document;
    if (store.selected === followed) return;
    followed = store.selected;
    clearTimeout(following);
    following = setTimeout(() => { if (fold.open) follow(); }, 80); // after the canvas: the phone has a whole page to lay out
  });
  if (!fold.open) draw(); // unfolding draws by itself
  return { checked: drawWhenQuiet };
}
