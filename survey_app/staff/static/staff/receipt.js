// The receipt: shown behind a tap, kept in this browser only if wanted. The page anybody can open uses the same lines.
const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// Its first 20 bytes in base32, eight groups of four.
export function grouped(receipt) {
  const bytes = Array.from(atob(receipt.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0)).slice(0, 20);
  const bits = bytes.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  return bits.match(/.{5}/g).map((five) => LETTERS[parseInt(five, 2)]).join("").match(/.{4}/g);
}

function lay(groups) {
  const here = document.getElementById("receipt");
  here.textContent = "";
  here.append(groups.slice(0, 4).join("-"), document.createElement("br"), groups.slice(4).join("-"));
}

// `ack`: the ballot box's own signature on it, kept along: whoever has it and misses the receipt in the list has proof.
export function offer(poll, receipt, ack) {
  if (receipt) lay(grouped(receipt));
  const line = document.getElementById("keep-receipt");
  const button = line.querySelector("button");
  line.hidden = false;
  button.addEventListener("click", () => {
    try {
      localStorage.setItem(`survey.receipt.${poll}`, document.getElementById("receipt").textContent + (ack ? ` ${receipt} ${ack}` : ""));
      button.textContent = button.dataset.kept;
      button.disabled = true;
    } catch (refused) {
      button.textContent = button.dataset.refused;
    }
  });
}

// On the page anybody can open: a receipt kept here is shown in place of the made-up one.
const sample = document.querySelector("[data-thanks]");
if (sample) {
  let text = null;
  try { text = localStorage.getItem(`survey.receipt.${sample.dataset.thanks}`); } catch (refused) { text = null; }
  if (text) lay(text.split(" ")[0].match(/[0-9A-Z]{4}/g));
  offer(sample.dataset.thanks, null);
}
