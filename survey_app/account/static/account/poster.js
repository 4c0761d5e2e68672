// The fingerprint that the poster's QR code carries behind the #, which no server ever sees. Signing in leads over pages that
// lose it, so it waits in this browser until the tickets are collected, or for two weeks.
const POSTER = "survey.fingerprint";
const TWO_WEEKS = 14 * 24 * 3600 * 1000;
let inAddress = new URLSearchParams(window.location.hash.slice(1)).get("fp") || "";

export function keptFingerprint() {
  try {
    const [kept, until] = (window.localStorage.getItem(POSTER) || " 0").split(" ");
    return inAddress || (Number(until) > Date.now() ? kept : "");
  } catch (refused) {
    return inAddress;
  }
}

export function forgetFingerprint() {
  try { window.localStorage.removeItem(POSTER); } catch (refused) { /* nothing was kept */ }
}

if (/^[0-9A-Za-z-]{32,40}$/.test(inAddress)) {
  try { window.localStorage.setItem(POSTER, `${inAddress} ${Date.now() + TWO_WEEKS}`); } catch (refused) { /* then it is compared by eye */ }
} else inAddress = "";
