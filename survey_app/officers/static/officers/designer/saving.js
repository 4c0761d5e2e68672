// Saving by itself: a moment after each change the whole document goes to the server with the revision it rests on.
// Whatever happens (no network, signed out, a colleague was faster) what was typed stays here and in this browser.
import { word } from "./words.js";

const PAUSE = 700; // milliseconds after the last letter

export function makeSaving({ address, token, revision, onState, onCheck, onConflict }) {
  const key = `draft:${address}`;
  let rests = revision;
  let waiting = null; // the document that is to be sent
  let timer = null;
  let sending = false;
  let held = false; // a conflict waits for the officer

  // A copy in this browser a moment after each letter, and at the latest when the page goes.
  let shadowed = null;
  let shadowing = null;

  function shadow(document) {
    shadowed = document;
    if (shadowing === null) shadowing = setTimeout(keepShadow, 150);
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
    sending = false;
    await settled(response, document);
    if (waiting !== null && !held && response && response.ok) later(0);
  }

  async function settled(response, document) {
    if (response && response.ok) {
      const told = await response.json();
      rests = told.revision;
      held = false;
      if (waiting === null) forget();
      onState("saved", { at: told.saved_at });
      onCheck(told.check, document);
      return;
    }
    if (waiting === null) waiting = document;
    if (!response) { onState("offline"); later(4000); return; }
    if (response.status === 409) {
      held = true;
      onState("conflict");
      onConflict(await response.json(), document);
      return;
    }
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 400) { onState("signed_out"); return; }
    const told = await response.json().catch(() => ({}));
    onState("refused", { sentence: told.sentence || word("state_refused_unknown") });
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
