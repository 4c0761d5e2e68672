// Sending: one ballot whatever the network does, and nothing of it left behind.
import { $, every, make } from "./elements.js";
import { encoded } from "./paths.js";
import { randomText } from "./drawing.js";
import { writeAnswer } from "./answers.js";
import { cast } from "./sending.js";
import { offer } from "./receipt.js";
import { data, english, forget, fresh, items, parts, rewalk, save, visit, words } from "./visit.js";
import { complain, wrongIn } from "./faults.js";
import { settle } from "./check.js";
import { show } from "./sections.js";

function ballot() {
  const { nonce, openers, credential } = visit.draft;
  const { kept } = visit.walked;
  const comments = items.filter((item) => item.kind === "text" && kept[item.id]).map((item) => {
    openers[item.id] = openers[item.id] || randomText();
    return { item: item.id, text: kept[item.id].replace(/\r\n?/g, "\n"), opener: openers[item.id] };
  });
  const answers = encoded(data.items, visit.walked);
  if (credential.ticket) return visit.ticket.ballot(answers, comments);
  return JSON.stringify({ nonce, opener: openers.ballot, answers, comments, credential });
}

export async function send() {
  rewalk();
  const ofTicket = visit.draft.credential.ticket;
  const ticket = ofTicket && visit.ticket;
  if (!visit.draft.sending) {
    if (ofTicket && !ticket) { tell(words.refused); return; }
    const bad = parts().find((section) => wrongIn(section.id).length);
    if (bad) { show(bad.id, true); complain(bad.id); return; }
    visit.draft.sending = ballot();
    save();
  }
  settle();
  tell("");
  $("send").disabled = true;
  const said = await cast(ofTicket ? `waves/${data.poll}` : data.poll, visit.draft.sending, (again) => {
    $("sending").textContent = again ? words.again : words.sending;
  });
  $("send").disabled = false;
  // by a ticket the receipt is known beforehand: another one is no receipt of this ballot
  if (said.receipt && (!ticket || ticket.counted(visit.draft.sending, said.receipt))) {
    if (ticket) ticket.done();
    received(said);
    return;
  }
  $("sending").textContent = "";
  if (said.lost || said.receipt) { tell(visit.kept ? words.lost : words.lost_shared); $("send").textContent = words.try_again; return; }
  // refused for a reason: nothing was stored, so the answers may be changed again
  visit.draft.sending = "";
  save();
  settle();
  tell(words[said.error] || words.refused);
}

function tell(sentence) {
  $("outcome").textContent = "";
  if (sentence) $("outcome").appendChild(make("p", sentence, { class: "banner banner-caution" }));
}

// Received: nothing of it stays in this browser, and the address is that of the page anybody can open.
function received({ receipt, ack }) {
  forget();
  Object.assign(visit, { draft: fresh(), walked: null, done: true });
  every(document, "form").forEach((form) => form.reset());
  items.forEach((item) => { if (item.kind !== "info") writeAnswer(item, undefined); });
  ["start", "answers", "check"].forEach((id) => $(id).remove());
  const address = (inEnglish) => `/b/${data.poll}/thanks${inEnglish ? "?lang=en" : ""}`;
  history.replaceState({ view: "thanks" }, "", address(english));
  if ($("other-language")) $("other-language").href = address(!english);
  $("thanks").hidden = false;
  offer(data.poll, receipt, ack);
  const head = $("thanks").querySelector("h1");
  document.title = `${head.textContent} · ${data.organisation}`;
  head.focus();
  window.scrollTo(0, 0);
}
