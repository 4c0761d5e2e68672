// The booklet page of a member who is signed in: how things stand in this browser, one button, and the recovery code on
// request. Nothing is asked for before every key is known to be everybody's and the seed is written down.
import { fromBase64url, toBase64url } from "../staff/hashes.js";
import { inFours } from "../staff/letters.js";
import { BadManifest, checkFingerprint, openly, slotUnits } from "../staff/manifest.js";
import { booklet, onPublicComputer, stateOf, write } from "../staff/booklet.js";
import { recoveryCode, seedOf } from "./recovery.js";
import { asked, hold, isOwnedBy, made, missing, newSeed, seeded } from "./filling.js";
import { ask } from "./asking.js";
import { drawQr } from "./qr.js";
import { forgetFingerprint, keptFingerprint } from "./poster.js";

const $ = (id) => document.getElementById(id);
const place = $("booklet");
const told = JSON.parse($("booklet-data").textContent);
const { words } = told;
const fromPoster = keptFingerprint();
const open = told.slots.filter((one) => one.open).map((one) => one.slot);
const collected = told.slots.filter((one) => one.collected).map((one) => one.slot);

const ofThisTerm = (book) => (book.term === told.term ? book : { term: "", unit: "", seed: "", slots: {} });
const own = () => ofThisTerm(booklet());

// Of two members at one phone the second must neither take the first one's tickets for the own, nor ask for them in their
// name, nor write over them. While the seed is here it tells whose they are; afterwards unit and server's list must fit.
function isOthers(book, here) {
  if (book.seed) return !isOwnedBy(book, told.member);
  return here.length > 0 && (book.unit !== told.unit || here.some((slot) => open.includes(slot) && !collected.includes(slot)));
}

function standing() {
  const book = own();
  const here = told.slots.map((one) => one.slot).filter((slot) => ["held", "sent", "done"].includes(stateOf(book, slot)));
  if (isOthers(book, here)) return "others";
  const left = missing(book, open);
  if (here.length && !left.length) return $("public").checked ? "memory" : "here";
  if (book.seed && left.some((slot) => stateOf(book, slot) !== "none")) return "half";
  if (left.some((slot) => collected.includes(slot))) return "elsewhere";
  return left.length ? "ready" : "shut";
}

function show(state) {
  Array.from(place.querySelectorAll("[data-when]")).forEach((one) => { one.hidden = !one.dataset.when.split(" ").includes(state); });
  const book = state === "others" ? ofThisTerm({}) : own(); // of a colleague's not even what was answered
  const kept = told.slots.map((one) => book.slots[one.slot] || {});
  told.slots.forEach(({ slot, poll, held, fresh }, at) => {
    const { state: now, day } = kept[at];
    const there = ["held", "sent"].includes(now);
    const word = now === "done" ? words.done : there ? words.here : collected.includes(slot) ? words.collected : words.not_yet;
    place.querySelector(`[data-slot="${slot}"]`).textContent = word;
    if (held) place.querySelector(`[data-poll="${slot}"]`).textContent = !there ? word : day < told.today ? held : fresh;
    if (poll && state === "here" && day === told.today) orAtOnce(slot, poll, held);
  });
  $("or-today").hidden = true;
  const isNew = !kept.some((one) => one.state === "done" || one.day < told.today);
  $("from-tomorrow").hidden = !isNew;
  $("any-day").hidden = isNew;
  if (!isNew) $("why-tomorrow").hidden = true;
  $("code-offer").hidden = !book.seed;
  $("whose-here").hidden = Boolean(book.seed);
}

// Whether a poll may be answered on the day of collecting stands in its manifest alone. Unreached, it is not said.
async function orAtOnce(slot, poll, sentence) {
  try {
    if (JSON.parse(new TextDecoder().decode(await openly(poll))).mode !== "combined") return;
    place.querySelector(`[data-poll="${slot}"]`).textContent = sentence;
    ["from-tomorrow", "why-tomorrow", "any-day", "or-today"].forEach((id, at) => { $(id).hidden = at < 2; });
  } catch (unreached) { /* from tomorrow it can be answered all the same */ }
}

function say(sentence) {
  $("said").textContent = sentence || "";
  $("said").parentNode.hidden = !sentence;
}

// Every manifest, fetched without cookie and compared with the fingerprint of the page and of the address.
async function units() {
  const manifests = await Promise.all(told.slots.map((one) => openly(one.manifest)));
  const found = checkFingerprint(manifests, [told.fingerprint, fromPoster]);
  $("found-fp").textContent = inFours(found).join("-");
  const bySlot = {};
  told.slots.forEach((one, at) => {
    bySlot[one.slot] = slotUnits(manifests[at], one.slot)[told.unit];
    if (!bySlot[one.slot]) throw new BadManifest("unit");
  });
  return bySlot;
}

async function collect(seed) {
  const bySlot = await units();
  const before = booklet();
  const mine = own();
  if (isOthers(mine, [])) { show("others"); return; } // another tab, another member
  const wanted = missing(mine, open);
  const book = seeded(before, told, seed || (mine.seed ? fromBase64url(mine.seed) : newSeed()), wanted);
  if (!write(book)) { say(words.no_store); return; }
  const tickets = wanted.map((slot) => ({ slot, key: bySlot[slot].key, made: made(book, slot, bySlot[slot].key) }));
  asked(book, wanted);
  if (!write(book)) { say(words.no_store); return; }
  const answer = await ask(told.collect, $("booklet").dataset.csrf, tickets.map((one) => (
    { slot: one.slot, key_id: toBase64url(one.key.id), blinded: toBase64url(one.made.blinded) })), () => say(words.again));
  if (!answer.tickets) { refused(answer.error, before); return; }
  const signed = {};
  answer.tickets.forEach((one) => { signed[one.slot] = one.blind_sig; });
  const whole = tickets.every((one) => signed[one.slot] && hold(book, one.slot, one.key, one.made, signed[one.slot], told.today));
  if (!whole) { say(words.bad_signature); return; }
  write(book);
  forgetFingerprint();
  collected.push(...wanted);
  say("");
  show(standing());
  if ($("public").checked) revealCode();
}

// Refused: nothing was given out, and all is as before. Unanswered: it may have been given out, so the seed stays and the
// same button asks for the same again.
function refused(error, before) {
  if (error) write(before);
  say(error ? words[error] || words.refused : words.lost);
  show(standing());
}

async function tried(seed) {
  say("");
  const buttons = Array.from(place.querySelectorAll("button"));
  buttons.forEach((one) => { one.disabled = true; });
  $("progress").textContent = words.collecting;
  try {
    await collect(seed);
  } catch (stopped) {
    if (stopped instanceof BadManifest) { show("bad"); say(""); } else say(words.lost);
  }
  $("progress").textContent = "";
  buttons.forEach((one) => { one.disabled = false; });
}

function recover(event) {
  event.preventDefault();
  const seed = seedOf($("code").value);
  $("code-e").textContent = seed ? "" : words.wrong_recovery;
  if (!seed) { $("code").focus(); return; }
  $("code").value = "";
  tried(seed);
}

function revealCode() {
  const code = recoveryCode(fromBase64url(own().seed));
  $("recovery").textContent = inFours(code).join(" ");
  drawQr($("recovery-qr"), code);
  $("code-shown").hidden = false;
  $("reveal").hidden = true;
}

// Whoever may not leave anything here can still collect: into memory, and take the recovery code home on paper.
function leaveNothing() {
  $("public").checked = true;
  onPublicComputer(true);
  show(standing());
}

show(standing());
$("leave-nothing").addEventListener("click", leaveNothing);
$("compare-fp").hidden = Boolean(fromPoster);
$("compared-fp").hidden = !fromPoster;
$("collect").addEventListener("click", () => tried(null));
$("again").addEventListener("click", () => tried(null));
$("recover").addEventListener("submit", recover);
$("reveal").addEventListener("click", revealCode);
$("public").addEventListener("change", (event) => { onPublicComputer(event.target.checked); show(standing()); });
