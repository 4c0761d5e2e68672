// A printed code's QR code carries the code behind the #, which no server ever sees: put it into the field.
import { keptFingerprint } from "./poster.js";

const field = document.getElementById("code");
const found = /[#&]c=([0-9A-Za-z-]{16,24})/.exec(window.location.hash);
// what the poster brought waits from here on, for signing in loses it
keptFingerprint();
if (field && found) {
  field.value = found[1];
  history.replaceState(null, "", window.location.pathname + window.location.search);
  field.form.querySelector("button").focus();
}
