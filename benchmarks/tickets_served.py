"""Tickets over HTTP: issued and cast per second by the server of production, and what one costs on a slow phone.

Issuing: one POST of one blinded message by a signed-in member; casting: one POST of a ballot by ticket, no cookie. Both durable
in SQLite, under granian with one worker and four threads. The floor is a bare Flask under the same granian, in the same run, that
stores as many bytes durably; for issuing it has a bare signature of `gmpy2` to make besides, on the same core.
The phone: Chromium with its processor slowed six times; what a booklet's ticket takes before it is sent and after it came.
Run: python -m benchmarks.tickets_served [--members 600]
"""

import argparse
import os
import re
import secrets
import shutil
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from zoneinfo import ZoneInfo

import orjson
from playwright.sync_api import sync_playwright

from benchmarks.answering import granian
from benchmarks.load import Load, cpu_seconds, drive, request
from benchmarks.tickets import per_second, raw_power
from questionnaires.texts import Text
from survey_app.app import create_app
from survey_app.ballots.encodings import to_base64url
from survey_app.ballots.keys import new_key
from survey_app.ballots.manifests import SlotManifest
from survey_app.services import members
from survey_app.services.booklets import booklet
from survey_app.services.casting import TicketCredential
from survey_app.services.collecting import collect
from survey_app.services.designing import TicketMeans, freeze_poll
from survey_app.services.terms import TermWanted, open_term, slot_manifest
from survey_app.settings import Settings
from survey_app.store.engines import Stores, upgrade
from tests.browser.conftest import FLAGS
from tests.machine import chromium
from tests.small_polls import OFFICER, answers, draft
from tests.small_terms import Browser, small_university

SECRET, TERM, SLOT, POLL, UNIT = "x" * 48, "2026", "2026-01", "poll-1", "b01"
SLOWED, TICKETS = 6, 24
# What the booklet page does for each slot: the blinded message, and the signature once it is there.
ONE_TICKET = """async ([modulus, count]) => {
  const script = { ...await import("/static/now/staff/hashes.js"), ...await import("/static/now/staff/ticket.js") };
  const key = script.keyOf(script.fromBase64url(modulus)), times = [];
  for (let n = 0; n < count; n++) {
    const began = performance.now();
    const made = script.ticket(crypto.getRandomValues(new Uint8Array(32)), key, "2026-01", "b01");
    script.finalize(made, key, made.blinded);
    times.push(performance.now() - began);
  }
  return times;
}"""


@dataclass(frozen=True)
class Prepared:
    """Requests ready to be sent: one for each member."""

    issuing: list[bytes]
    casting: list[bytes]
    modulus: str


def prepared(folder: Path, count: int) -> Prepared:
    """A university of this many members: every one signed in, half of them with a ticket already."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    app = create_app(_settings(folder))
    stores: Stores = app.extensions["survey"].stores
    upgrade(stores.registry, stores.ballot_box)
    small_university(stores, {"B01": 2 * count, "B02": 11})
    days = today - timedelta(2), today + timedelta(30)
    open_term(stores, SECRET, TermWanted(TERM, Text("2026年度"), *days, slots=2), OFFICER)
    poll = draft(stores, POLL, "ticket", mode="two_phases", first_day=today, last_day=days[1])
    notice = replace(poll.notice, results_by=days[1] + timedelta(30), kept_until=days[1] + timedelta(400))
    freeze_poll(stores, replace(poll, notice=notice), OFFICER, today, TicketMeans(SECRET, bytes(48)))
    manifest = SlotManifest.from_bytes(slot_manifest(stores, SLOT))
    with ThreadPoolExecutor(1) as one:  # test clients keep their context on the thread
        issuing = list(one.map(lambda n: _issuing(app, stores, manifest, f"b01-{n:03}"), range(count)))
    casting = [_casting(stores, manifest, f"b01-{n:03}", today) for n in range(count, 2 * count)]
    stores.registry.dispose()
    stores.ballot_box.dispose()
    return Prepared(issuing, casting, to_base64url(manifest.units[0].key.n_bytes))


def _settings(folder: Path) -> Settings:
    return Settings.from_environment(
        {"SURVEY_INSTANCE": str(folder), "SURVEY_SECRET": SECRET, "SURVEY_SIGN_IN": "code"}
    )


def _issuing(app: object, stores: Stores, manifest: SlotManifest, number: str) -> bytes:
    """Signed in as the page would be: cookie and token, and one blinded message."""
    client = app.test_client()  # type: ignore[attr-defined]
    token = members.token_for_staff_number(stores, number, datetime.now(UTC))
    fields = dict(re.findall(r'name="(csrf_token|token)" value="([^"]+)"', client.get(f"/account/link/{token}").text))
    page = client.post("/account/link", data=fields, follow_redirects=True).text
    csrf = re.search(r'data-csrf="([^"]+)"', page)
    assert csrf, page
    cookies = "; ".join(f"{one.key}={one.value}" for one in client._cookies.values())  # noqa: SLF001
    wanted = Browser(secrets.token_bytes(32), UNIT).wanted(manifest)
    told = {"slot": SLOT, "key_id": to_base64url(wanted.key_id), "blinded": to_base64url(wanted.blinded)}
    sent = request("POST", f"/account/terms/{TERM}/tickets", orjson.dumps({"tickets": [told]}))
    head, body = sent.split(b"\r\n\r\n", 1)
    return head + f"\r\nCookie: {cookies}\r\nX-CSRFToken: {csrf[1]}\r\n\r\n".encode() + body


def _casting(stores: Stores, manifest: SlotManifest, number: str, today: date) -> bytes:
    page = Browser(secrets.token_bytes(32), booklet(stores, number, today).unit_id)
    (signed,) = collect(stores, SECRET, number, [page.wanted(manifest)], today)
    ticket: TicketCredential = page.ticket(manifest, signed)
    told = {
        "key_id": to_base64url(ticket.key_id),
        "prepared": to_base64url(ticket.prepared),
        "sig": to_base64url(ticket.signature),
        "opener": to_base64url(secrets.token_bytes(32)),
        "answers": answers(UNIT).decode(),
        "comments": [],
    }
    return request("POST", f"/b/waves/{POLL}/ballots", orjson.dumps(told))


def measured(target: str, environment: dict[str, str], path: str, posts: list[bytes]) -> tuple[float, float]:
    """Requests per second, and milliseconds of the server's processor for each."""
    with granian(target, environment, path) as (port, pid):
        _refuse(drive(port, b"", posts[:50]))
        before = cpu_seconds(pid)
        load = drive(port, b"", posts[50:])
        _refuse(load)
        return load.completed / load.seconds, (cpu_seconds(pid) - before) * 1000 / load.completed


def _refuse(load: Load) -> None:
    if load.faults:
        raise SystemExit(f"unexpected answers: {load.faults}")


def on_a_phone(folder: Path, modulus: str) -> tuple[float, float]:
    """Median and slowest milliseconds per ticket, after the first."""
    with granian("wsgi:app", _environment(folder), "/anonymity") as (port, _pid), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.goto(f"http://127.0.0.1:{port}/anonymity")
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
        times = page.evaluate(ONE_TICKET, [modulus, TICKETS + 1])[1:]
        browser.close()
    return median(times), max(times)


def _environment(folder: Path) -> dict[str, str]:
    return {"SURVEY_INSTANCE": str(folder), "SURVEY_SECRET": SECRET, "SURVEY_SIGN_IN": "code"}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=600)
    count = parser.parse_args().members
    folder = Path(tempfile.mkdtemp(prefix="survey-bench-"))
    try:
        made = prepared(folder, count)
        floor_posts = [request("POST", "/ballots", secrets.token_bytes(300)) for _ in range(count)]
        floor = {"FLOOR_DATABASE": f"sqlite:///{folder / 'floor.db'}"}
        issued, issue_cpu = measured("wsgi:app", _environment(folder), "/anonymity", made.issuing)
        bare, bare_cpu = measured("benchmarks.floor_app:app", floor, "/page", floor_posts)
        cast, cast_cpu = measured("wsgi:app", _environment(folder), "/anonymity", made.casting)
        key = new_key()
        power = per_second(raw_power(key), [secrets.token_bytes(256) for _ in range(200)])
        typical, slowest = on_a_phone(folder, made.modulus)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    with_signature = 1 / (1 / bare + 1 / power)
    print(f"over HTTP, {count} requests each, granian with one worker, {os.cpu_count()} cores shared with the load")
    print(f"issued {issued:5.0f}/s  floor {with_signature:5.0f}/s  ratio {issued / with_signature:.2f}  {issue_cpu:.2f} ms of processor each, floor {bare_cpu + 1000 / power:.2f}")  # fmt: skip
    print(f"cast   {cast:5.0f}/s  floor {bare:5.0f}/s  ratio {cast / bare:.2f}  {cast_cpu:.2f} ms of processor each, floor {bare_cpu:.2f}")  # fmt: skip
    print(
        f"phone slowed {SLOWED} times: {typical:.1f} ms a ticket, slowest of {TICKETS} {slowest:.1f} ms (aim under 20)"
    )
    return 0 if typical < 20 else 1


if __name__ == "__main__":
    sys.exit(main())
