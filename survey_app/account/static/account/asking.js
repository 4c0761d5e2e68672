// The one call that gives tickets out: again and again with the same bytes until it is answered, for the same blinded
// message always gets the same signature.
const WAITS = [0, 2, 4, 8, 16];
const CALL_PATIENCE = 30000;

async function once(address, csrf, body) {
  const control = new AbortController();
  const bell = setTimeout(() => control.abort(), CALL_PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, credentials: "same-origin", cache: "no-store",
      referrerPolicy: "no-referrer", headers: { "Content-Type": "application/json", "X-CSRFToken": csrf }, signal: control.signal });
    return Object.assign({ status: answer.status }, await answer.json());
  } catch (lost) {
    return { status: 0 };
  } finally {
    clearTimeout(bell);
  }
}

// {tickets}, {error} when refused for a reason, {} when it is not known what became of it.
export async function ask(address, csrf, tickets, again) {
  const body = JSON.stringify({ tickets });
  for (let at = 0; at < WAITS.length; at++) {
    if (at) { again(); await new Promise((go) => { setTimeout(go, WAITS[at] * 1000); }); }
    const said = await once(address, csrf, body);
    if (said.tickets || (said.status >= 400 && said.status < 500)) return said;
  }
  return {};
}
