// The answering page by a ticket held in this browser: no sign-in, no cookie. Loaded only where BigInt is known; it looks
// whether this poll's keys are everybody's, then says at the start how things stand, and makes and checks the ballot.
import { commitment, fromBase64url, nonceHash, receipt, toBase64url } from "./ticket.js";
import { inFours } from "./letters.js";
import { BadManifest, checkFingerprint, checkPoll, openly, slotUnits } from "./manifest.js";
import { booklet, done, sent, stateOf } from "./booklet.js";

const script = document.getElementById("ticket-script");
const told = JSON.parse(document.getElementById("poll").textContent);
const place = document.getElementById("by-ticket");
const { slot, mode, today, manifest, slot_manifest: slotManifest, fingerprint } = told.ticket;

function standing(state) {
  Array.from(place.querySelectorAll("[data-when]")).forEach((one) => { one.hidden = !one.dataset.when.split(" ").includes(state); });
  document.getElementById("go").disabled = state === "bad";
  // a slip is for people without a ticket
  document.getElementById("right").hidden = ["held", "wait", "done"].includes(state);
  document.getElementById("go").hidden = ["wait", "done"].includes(state);
}

// Throws BadManifest or Unreached; true when the address itself brought the fingerprint.
async function genuine(unit, keyId) {
  const [ofPoll, ofSlot] = await Promise.all([manifest, slotManifest].map(openly));
  const found = checkFingerprint([ofPoll], [script.dataset.fp, fingerprint]);
  checkPoll(ofPoll, told.poll, slot, mode, ofSlot);
  const units = slotUnits(ofSlot, slot);
  if (keyId && !(units[unit] && toBase64url(units[unit].key.id) === keyId)) throw new BadManifest("key");
  document.getElementById("found-fp").textContent = inFours(found).join("-");
  document.getElementById("compare-fp").hidden = Boolean(script.dataset.fp);
}

// In the form of the call: the same booklet entry and answers give the same bytes.
const ballotOf = (entry) => (answers, comments) => {
  sent(slot);
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
  const entry = booklet().slots[slot] || {};
  let state = stateOf(booklet(), slot);
  if (state === "sent") state = "held";
  if (["seeded", "requested"].includes(state)) state = "none";
  if (state === "held" && mode !== "combined" && !(entry.day < today)) state = "wait";
  try {
    await genuine(entry.unit, entry.key_id);
  } catch (refused) {
    standing(refused instanceof BadManifest ? "bad" : "lost");
    return;
  }
  standing(state);
  if (state !== "held") return;
  document.dispatchEvent(new CustomEvent("ticket", { detail: { id: entry.prepared.slice(0, 8), unit: entry.unit, ballot: ballotOf(entry), counted, done: () => done(slot) } }));
}

look();
