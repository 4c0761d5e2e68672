// Find my receipt: the whole list comes here and is compared in this browser, so no request carries a receipt.
import { grouped } from "./receipt.js";

const form = document.getElementById("find");
const field = document.getElementById("mine");
const said = document.getElementById("found");

const letters = (typed) => typed.normalize("NFKC").toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
// In two lines, as the page that thanked showed it: whole even on a small phone.
const laid = (plain) => plain.match(/.{16}/g).map((half) => half.match(/.{4}/g).join("-")).join("\n");
const tell = (which) => { Array.from(said.children).forEach((one) => { one.hidden = one.dataset.when !== which; }); };

// A receipt kept here, with the ballot box's signature where there is one.
let kept = "";
try { kept = localStorage.getItem(`survey.receipt.${form.dataset.poll}`) || ""; } catch (refused) { kept = ""; }
const [shown, ...proof] = kept.split(" ");
if (letters(shown).length === 32) field.value = laid(letters(shown));

async function listed() {
  const answer = await fetch(form.dataset.list, { credentials: "omit", referrerPolicy: "no-referrer" });
  if (!answer.ok) throw answer.status;
  return (await answer.text()).split("\n").filter(Boolean).map((line) => grouped(line.split(" ")[1]).join(""));
}

async function find(event) {
  event.preventDefault();
  const wanted = letters(field.value);
  if (wanted.length !== 32) { tell("odd"); return; }
  field.value = laid(wanted);
  tell("looking");
  try {
    const list = await listed();
    const there = list.includes(wanted);
    tell(there ? "there" : "missing");
    document.getElementById("proof").hidden = there || !proof.length || letters(shown) !== wanted;
    document.getElementById("proof-text").textContent = proof.join(" ");
  } catch (lost) {
    tell("lost");
  }
}

tell("");
form.hidden = false;
form.addEventListener("submit", find);
field.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.isComposing) find(event); });
