"""`designer`: how long an edit takes in the designer with 200 questions, beside a bare page of one text field.

    python -m benchmarks.designer [--rounds 15] [--items 200]

Chromium with the processor slowed four times, the preview open. An edit is one real key or press, timed in the page from
its event to the frame that shows it (two animation frames after: script, styles, layout and paint of this edit). The settings
on the right follow a moment later; when they are on the screen is told beside it. The floor
is a letter in a bare text area in the same browser and run, round for round in turns; it holds what the browser itself and
the wait for the frame take. Saving goes on meanwhile as it does for officers. Below: how long the server looks such a
draft over, for the first time and after each further edit (processor time, not slowed).
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from benchmarks.page import Quiet
from survey_app.services import drafting, reviewing, starting_drafts
from survey_app.services.drafting import Document
from tests.browser.conftest import FLAGS
from tests.machine import chromium
from tests.officers_house import OfficersHouse, officers_house

AIM_MILLISECONDS = 100.0
SLOWED = 4
IN_A_SECTION = 20
DRAWS_SETTINGS = ("duplicate", "undo", "redo", "move", "add", "undo adding")
BARE = "<!doctype html><meta charset=utf-8><title>floor</title><textarea rows=3></textarea>"
# The next key or press is timed from its event to the frame after the one that draws it (`taken`), and to the frame after the
# one that draws the settings (`settled`).
TIMED = """(kind) => {
  const shown = (act) => requestAnimationFrame(() => requestAnimationFrame(act));
  const settings = document.getElementById('properties');
  window.taken = new Promise((done) => { window.settled = new Promise((late) => {
    const look = (event) => {
      if (['Control', 'Alt', 'Shift'].includes(event.key)) return;
      removeEventListener(kind, look, true);
      const began = performance.now();
      const since = () => performance.now() - began;
      shown(() => done(since()));
      const drawn = new MutationObserver(() => { drawn.disconnect(); shown(() => late(since())); });
      if (settings) drawn.observe(settings, { childList: true });
    };
    addEventListener(kind, look, true);
  }); });
}"""


def large_document(n_items: int) -> Document:
    """Scale questions, choices and texts in both languages, twenty to a section, every tenth with a rule."""
    sections = []
    for first in range(0, n_items, IN_A_SECTION):
        items = [_item(n) for n in range(first, min(first + IN_A_SECTION, n_items))]
        n = first // IN_A_SECTION + 1
        sections.append({"id": f"part{n}", "title_zh": f"第{n}部分", "title_en": f"Part {n}", "items": items})
    return {**starting_drafts.BLANK, "title_zh": "大问卷", "title_en": "A large one", "purpose_zh": "量一量",
            "sections": sections}  # fmt: skip


def _item(n: int) -> Document:
    texts = {"id": f"q{n}", "zh": f"第{n}件事，您怎么看？", "en": f"What do you think of matter {n}?"}
    options = [{"id": f"o{k}", "zh": f"第{k}种办法", "en": f"Way {k}"} for k in range(5)]
    rule = {"show_if": {"item": f"q{n - 9}", "in": ["o1"]}} if n % 10 == 9 else {}
    kinds: tuple[Document, ...] = (
        {"type": "single", "options": options},
        {"type": "rating", "scale": "satisfaction5", "na": True, "required": True},
        {"type": "multi", "options": options},
        {"type": "text", "max_length": 300},
        {"type": "matrix", "scale": "agreement5", "rows": options[:3]},
    )
    return {**texts, **kinds[n % len(kinds)], **rule}


def timed(page: Page, kind: str, act: Callable[[], None]) -> float:
    """Milliseconds from the event `kind` that `act` brings about to the frame after it is drawn."""
    page.evaluate(TIMED, kind)
    act()
    return float(page.evaluate("window.taken"))


def signed_in(browser: Browser, house: OfficersHouse, origin: str) -> Page:
    cookie = house.desk("union").client.get_cookie("officers_session", path="/officers")
    assert cookie is not None
    context = browser.new_context(viewport={"width": 1280, "height": 800}, base_url=origin)
    context.set_default_timeout(120_000)
    context.add_cookies([{"name": cookie.key, "value": cookie.value, "domain": "127.0.0.1", "path": "/officers"}])
    return context.new_page()


def slowed(page: Page) -> None:
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})


def edits_of(page: Page, bare: Page) -> dict[str, Callable[[], float]]:
    """What is timed, in the order of a round: each leaves the designer ready for the next."""

    def key(name: str) -> Callable[[], float]:
        return lambda: timed(page, "keydown", lambda: page.keyboard.press(name))

    def letter() -> float:
        page.locator(".q.is-on textarea").first.focus()
        return timed(page, "keydown", lambda: page.keyboard.press("a"))

    def added() -> float:
        page.keyboard.press("Control+Enter")
        page.locator("dialog[open] button").nth(2).focus()
        return timed(page, "click", lambda: page.keyboard.press("Enter"))

    def floor() -> float:
        bare.bring_to_front()
        bare.locator("textarea").focus()
        taken = timed(bare, "keydown", lambda: bare.keyboard.press("a"))
        page.bring_to_front()
        return taken

    return {
        "floor": floor,
        "a letter": letter,
        "next letter": key("b"),
        "duplicate": key("Control+d"),
        "undo": key("Control+z"),
        "redo": key("Control+y"),
        "move": key("Alt+ArrowUp"),
        "add": added,
        "undo adding": key("Control+z"),
    }


def measured(
    house: OfficersHouse, document: Document, rounds: int
) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Milliseconds of each edit, and until its settings are there too."""
    draft_id = drafting.new_draft(house.stores, document, "blank", "union")
    floor = Flask("floor", static_folder=None)
    floor.add_url_rule("/", "bare", lambda: BARE)

    def serve(environ: dict[str, object], start_response: object) -> object:
        app = floor if environ["PATH_INFO"] == "/" else house.app
        return app(environ, start_response)  # type: ignore[arg-type]

    server = make_server("127.0.0.1", 0, serve, threaded=True, request_handler=Quiet)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    origin = f"http://127.0.0.1:{server.server_port}"
    found: dict[str, list[float]] = {}
    settings: dict[str, list[float]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        page, bare = signed_in(browser, house, origin), browser.new_page()
        bare.goto(origin)
        page.goto(f"/officers/drafts/{draft_id}")
        page.locator(".phone-frame.is-front").wait_for()
        page.locator("#outline .outline-item [data-go]").nth(len(document["sections"]) * IN_A_SECTION // 2).click()
        slowed(page)
        slowed(bare)
        timings = edits_of(page, bare)
        for turn in range(rounds + 1):
            for name, edit in timings.items():
                taken = edit()
                settled = page.evaluate("window.settled") if name in DRAWS_SETTINGS else None
                if turn:  # the first turn warms everything
                    found.setdefault(name, []).append(taken)
                    if settled is not None:
                        settings.setdefault(name, []).append(settled)
        browser.close()
    server.shutdown()
    server.server_close()
    return found, settings


def review_milliseconds(document: Document, rounds: int) -> list[float]:
    """Processor time of looking the draft over: as it is, and after each of `rounds` edits of one question."""
    found = []
    for turn in range(rounds + 1):
        document["sections"][0]["items"][0]["zh"] = f"第{turn}次改过的事，您怎么看？"
        began = time.process_time()
        reviewing.reviewed(document)
        found.append((time.process_time() - began) * 1000)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--items", type=int, default=200)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, *later = review_milliseconds(large_document(asked.items), asked.rounds)
        house = officers_house(Path(folder))
        found, settings = measured(house, large_document(asked.items), asked.rounds)
        house.close()
    floor = statistics.median(found["floor"])
    print(f"{asked.items} questions, processor slowed {SLOWED} times, {asked.rounds} rounds")
    print(f"{'milliseconds':<14}{'median':>8}{'slowest tenth':>15}{'over floor':>12}{'with settings':>15}")
    for name, each in found.items():
        middle = statistics.median(each)
        whole = f"{statistics.median(settings[name]):.0f}" if name in settings else ""
        tail = sorted(each)[int(0.9 * (len(each) - 1))]
        print(f"{name:<14}{middle:>8.0f}{tail:>15.0f}{middle / floor:>12.1f}{whole:>15}")
    print(f"looked over by the server: {first:.0f} ms the first time, {statistics.median(later):.0f} ms after an edit")
    print(f"aim: a median under {AIM_MILLISECONDS:.0f} ms for every edit")
    return 0


if __name__ == "__main__":
    sys.exit(main())
