// Talking to the server: no cookie, no referrer. A ballot is sent again and again with the same bytes until the server
// has said that it is stored; the server counts it once.

const WAITS = [0, 2, 4, 8, 16, 30, 30];
const PATIENCE = 20000;

async function post(address, body) {
  const control = new AbortController();
  const bell = setTimeout(() => control.abort(), PATIENCE);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { "Content-Type": "application/json" },
      credentials: "omit", referrerPolicy: "no-referrer", cache: "no-store", signal: control.signal });
    return Object.assign({ status: answer.status }, await answer.json());
  } catch (lost) {
    return { status: 0 };
  } finally {
    clearTimeout(bell);
  }
}

const online = (seconds) => new Promise((go) => {
  const on = () => { clearTimeout(bell); window.removeEventListener("online", on); go(); };
  const bell = setTimeout(on, seconds * 1000);
  window.addEventListener("online", on);
});

// {receipt}, {error} when refused for a reason, {lost: true} when it is not known whether it arrived.
export async function cast(place, body, progress) {
  for (let at = 0; at < WAITS.length; at++) {
    progress(at > 0);
    if (at) await online(WAITS[at]);
    const said = await post(`/b/${place}/ballots`, body);
    if (said.receipt) return said;
    if (said.status >= 400 && said.status < 500 && said.status !== 429) return said;
  }
  return { lost: true };
}

export async function unitOfSlip(poll, slip) {
  return post(`/b/${poll}/slips`, JSON.stringify({ slip }));
}
