// Saving by itself: a moment after each change the whole document goes to the server with the revision it rests on.
// Whatever happens (no network, signed out, a colleague was faster) what was typed stays here and in this browser.
import { whenIdle } from "./elements.js";
import { word } from "./words.js";

const PAUSE = 700; // milliseconds after the last letter

// The same document has the same words here, however its keys are ordered.
const written = (document) => JSON.stringify(document, (_, value) => (value && typeof value === "object" && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value));

export function makeSaving({ address, token, revision, onState, onCheck, onConflict }) {
  const key = `draft:${address}`;
  let rests = revision;
  let waiting = null; // the document that is to be sent
  let timer = null;
  let sending = false;
  let held = false; // a conflict waits for the officer
  let unanswered = null; // the document last sent without an answer: the server may have it

  // A copy in this browser a moment after each letter, and at the latest when the page goes.
  let shadowed = null;
  let shadowing = null;

  function shadow(document) {
    shadowed = document;
    if (shadowing === null) shadowing = setTimeout(() => whenIdle(keepShadow), 150);
  }

  function keepShadow() {
    clearTimeout(shadowing);
    shadowing = null;
    if (shadowed === null) return;
    const document = shadowed;
    shadowed = null;
    try { localStorage.setItem(key, JSON.stringify({ revision: rests, document })); }
    catch { /* full or forbidden: the server's copy remains */ }
  }

  function forget() {
    shadowed = null;
    try { localStorage.removeItem(key); } catch { /* nothing was kept */ }
  }

  async function send({ overTheirs = false } = {}) {
    if (sending || waiting === null || (held && !overTheirs)) return;
    clearTimeout(timer);
    sending = true;
    const document = waiting;
    waiting = null;
    onState("saving");
    let response = null;
    try {
      response = await fetch(`${address}/document`, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": token },
        body: JSON.stringify({ revision: rests, document, over_theirs: overTheirs }),
        credentials: "same-origin",
        redirect: "manual",
      });
    } catch { /* no network */ }
    // Only once the answer is read whole is the next revision known: another save before that would be a conflict with oneself.
    const told = response === null ? null : await response.json().catch(() => null);
    sending = false;
    settled(response, told, document);
    if (waiting !== null && !held && response && response.ok) later(0);
  }

  function settled(response, told, document) {
    if (response && response.ok && told) {
      rests = told.revision;
      held = false;
      unanswered = null;
      if (waiting === null) forget();
      onState("saved", { at: told.saved_at });
      onCheck(told.check, document);
      return;
    }
    if (waiting === null) waiting = document;
    if (!response || (response.ok && !told)) { unanswered = document; onState("offline"); later(4000); return; }
    if (response.status === 409 && told) {
      if (unanswered && written(told.document) === written(unanswered)) { // it was kept, only the answer got lost on the way
        rests = told.revision;
        unanswered = null;
        later(0);
        return;
      }
      held = true;
      onState("conflict");
      onConflict(told, document);
      return;
    }
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 400) { onState("signed_out"); return; }
    onState("refused", { sentence: (told && told.sentence) || word("state_refused_unknown") });
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(send, pause);
  }

  addEventListener("pagehide", keepShadow);
  addEventListener("visibilitychange", keepShadow);
  addEventListener("online", () => send());
  addEventListener("focus", () => send()); // back from signing in again in another tab
  addEventListener("beforeunload", (event) => { if (waiting !== null || sending) event.preventDefault(); });

  return {
    changed(document) {
      waiting = document;
      shadow(document);
      onState(held ? "conflict" : "unsaved");
      if (!held) later(PAUSE);
    },
    now: () => send(),
    // The officer's choices in a conflict.
    keepMine(document) { waiting = document; return send({ overTheirs: true }); },
    takeTheirs(theirs) { rests = theirs.revision; waiting = null; held = false; forget(); onState("saved", { at: theirs.at }); },
    // What an earlier visit could not save, if it is not what the server has.
    recovered() {
      try {
        const kept = JSON.parse(localStorage.getItem(key));
        return kept && kept.document ? kept : null;
      } catch { return null; }
    },
    forget,
    get settled() { return waiting === null && !sending; },
  };
}
