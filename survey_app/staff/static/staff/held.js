// The answering page by a ticket held in this browser: no sign-in, no cookie. Loaded only where BigInt is known; it looks
// whether this poll's keys are everybody's, then says at the start how things stand, and makes and checks the ballot.
import { commitment, fromBase64url, nonceHash, receipt, toBase64url } from "./hashes.js";
import { inFours } from "./letters.js";
import { BadManifest, checkFingerprint, checkPoll, openly, slotUnits } from "./manifest.js";
import { booklet, done, sent, stateOf } from "./booklet.js";

const script = document.getElementById("ticket-script");
const told = JSON.parse(document.getElementById("poll").textContent);
const place = document.getElementById("by-ticket");
const of = told.ticket;

function standing(state) {
  Array.from(place.querySelectorAll("[data-when]")).forEach((one) => { one.hidden = !one.dataset.when.split(" ").includes(state); });
  document.getElementById("go").disabled = state === "bad";
  // a slip is for people without a ticket
  document.getElementById("right").hidden = ["held", "wait", "done"].includes(state);
  ["go", "shared-choice", "begin-hint"].forEach((id) => { document.getElementById(id).hidden = ["wait", "done"].includes(state); });
  // then nothing but that it is done and what comes next
  if (state === "done") document.getElementById("start").classList.add("spent");
}

// Throws BadManifest or Unreached; true when the address itself brought the fingerprint.
async function genuine(unit, keyId) {
  const [ofPoll, ofSlot] = await Promise.all([of.manifest, of.slot_manifest].map(openly));
  const found = checkFingerprint([ofPoll], [script.dataset.fp, of.fingerprint]);
  checkPoll(ofPoll, told.poll, of.slot, of.mode, ofSlot);
  const units = slotUnits(ofSlot, of.slot);
  if (keyId && !(units[unit] && toBase64url(units[unit].key.id) === keyId)) throw new BadManifest("key");
  document.getElementById("found-fp").textContent = inFours(found).join("-");
  document.getElementById("compare-fp").hidden = Boolean(script.dataset.fp);
}

// In the form of the call: the same booklet entry and answers give the same bytes.
const ballotOf = (entry) => (answers, comments) => {
  sent(of.slot);
  const { key_id, prepared, sig, opener } = entry;
  const said = comments.map((one) => ({ q: one.item, text: one.text, opener: one.opener }));
  return JSON.stringify({ key_id, prepared, sig, opener, answers, comments: said });
};

// Whether a receipt is the one that these very bytes must have.
function counted(body, said) {
  const { prepared, opener, answers } = JSON.parse(body);
  return said === toBase64url(receipt(nonceHash(fromBase64url(prepared)), commitment(fromBase64url(opener), new TextEncoder().encode(answers))));
}

async function look() {
  const entry = booklet().slots[of.slot] || {};
  let state = stateOf(booklet(), of.slot);
  if (state === "sent") state = "held";
  if (["seeded", "requested"].includes(state)) state = "none";
  if (state === "done") { standing(state); return; }
  if (state === "held" && of.mode !== "combined" && !(entry.day < of.today)) state = "wait";
  try {
    await genuine(entry.unit, entry.key_id);
  } catch (refused) {
    standing(refused instanceof BadManifest ? "bad" : "lost");
    return;
  }
  standing(state);
  if (state !== "held") return;
  document.dispatchEvent(new CustomEvent("ticket", { detail: { id: entry.prepared.slice(0, 8), unit: entry.unit, ballot: ballotOf(entry), counted, done: () => done(of.slot) } }));
}

look();
