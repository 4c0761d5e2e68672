"""`dashboard`: leadership's pages of a year, beside a bare Flask page of the same size in the same run.

    python -m benchmarks.dashboard [--rounds 40]

Two universities with the same units and polls, one with every ballot a hundred times: both are invented, assessed and
released through the gate, so the pages read what a real year would hold. Server time is that of a whole request inside
the process (sign-in, databases, page), of the processor and by the clock, median of the rounds, the two universities and
the floor in turns; on a machine with other work the processor's time is the one to read. Requests, bytes
on the wire and first paint are of a cold Chromium; plotly is fetched only when a reader opens a figure, and then kept.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, Page, Request, sync_playwright
from werkzeug.serving import make_server

from analysis.assessment import assessment
from analysis.assessment.answers import AssessedUnit, Year
from analysis.assessment.scheme import Scheme
from analysis.assessment.thin_cells import thin_cells
from analysis.disclosure.assessment_gate import Surroundings, gated
from analysis.disclosure.crossings import counted
from analysis.disclosure.gate import release
from analysis.disclosure.released import PollFacts, Released
from analysis.disclosure.released_assessment import AssessedPoll, ReleasedAssessment
from analysis.disclosure.suppression import UnitFacts
from analysis.frame import Text, codebook, frames_of
from analysis.scoring import combinations, scoring_for
from benchmarks.page import PAINT, Quiet
from questionnaires.library import load
from questionnaires.scoring import scoring
from tests.analysis.worlds import random_ballots
from tests.browser.conftest import FLAGS
from tests.journeys.leadership_house import LeadershipHouse, leadership_house
from tests.machine import chromium

UNITS, RESPONDENTS = 24, 80  # respondents a unit of the smaller university
REPEATS = (1, 100)
POLLS = {"needs_annual": "needs", "staff_home_annual": "home"}
PAGES = {
    "overview": "/leadership/years/2026",
    "heat map": "/leadership/years/2026/units",
    "three groups": "/leadership/years/2026/classes",
    "needs": "/leadership/years/2026/needs",
    "over the years": "/leadership/years/2026/trends",
    "one unit": "/leadership/years/2026/units/u003",
    "method": "/leadership/method",
    "staff's year": "/results/years/2026?unit=u003",
}
AIM_MILLISECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Visit:
    """A cold visit: requests, bytes of bodies and headers, milliseconds to first paint, whether plotly was fetched."""

    requests: int
    wire_bytes: int
    paint_ms: float
    plotly: bool


def year_of(wave: str, seed: int, repeats: int) -> Year:
    """Two polls of random answers, the same ones `repeats` times; each answered by half of the staff."""
    names = [f"u{place:03}" for place in range(UNITS)]
    frames = {}
    for poll in POLLS:
        asked = load(poll)
        ballots = random_ballots(asked, dict.fromkeys(names, RESPONDENTS), seed)
        frames[poll] = (*frames_of(codebook(asked), names, ballots),) * repeats
    categories = [choice.id for choice in load("staff_home_annual").item("dem_category").choices]
    members = 2 * RESPONDENTS * repeats
    heads = {each: members // len(categories) for each in categories}
    units = tuple(AssessedUnit(name, Text(f"单位{name}", f"Unit {name}"), "academic", members, heads) for name in names)
    return Year(wave, units, frames)


def released_poll(year: Year, poll: str) -> Released:
    """One poll of an invented year through the gate."""
    frames, asked = year.frames[poll], load(poll)
    book, rules = frames[0].codebook, scoring_for(asked, scoring())
    days = date(int(year.wave), 11, 9), date(int(year.wave), 11, 22)
    facts = PollFacts(
        f"{POLLS[poll]}-{year.wave}", poll, asked.title, year.wave, *days, "slip", f"{poll}-fingerprint", "ab" * 32
    )
    units = [UnitFacts(unit.id, unit.name, unit.unit_type, unit.n_eligible) for unit in year.units]
    names = [unit.id for unit in year.units]
    return release(counted(book, names, frames, combinations(book, rules)), facts, units, rules)


def released_years(repeats: int) -> tuple[tuple[Released, ...], tuple[ReleasedAssessment, ...]]:
    """Both polls of two years and both assessments."""
    years = [year_of("2025", 1, repeats), year_of("2026", 2, repeats)]
    scheme = Scheme(scoring())
    documents = []
    for now, before in ((years[0], None), (years[1], years[0])):
        polls = tuple(AssessedPoll(f"{name}-{now.wave}", poll, now.wave, "ab" * 32) for poll, name in POLLS.items())
        around = Surroundings(polls=polls, names=_names(), thin=thin_cells(now, scheme))
        documents.append(gated(assessment(now, before, scheme), around))
    return tuple(released_poll(year, poll) for year in years for poll in POLLS), tuple(documents)


def _names() -> dict[str, Text]:
    return {measure.id: measure.text for poll in POLLS for measure in load(poll).measures}


def floor_of(size: int) -> Flask:
    """A bare Flask that answers with as many bytes and does nothing else."""
    app, body = Flask("floor", static_folder=None), "x" * size
    app.add_url_rule("/", "page", lambda: body)
    return app


def server_times(
    houses: dict[int, LeadershipHouse], address: str, rounds: int
) -> tuple[dict[str, tuple[float, float]], int]:
    """Median milliseconds (processor, clock) of each university's page and of the floor; the page's bytes unsqueezed."""
    clients = {str(n): house.signed_in("principal") for n, house in houses.items()}
    size = len(next(iter(clients.values())).get(address).data)
    calls: dict[str, Callable[[], object]] = {n: _call(client, address) for n, client in clients.items()}
    calls["floor"] = _call(floor_of(size).test_client(), "/")
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            processor, clock = time.thread_time(), time.perf_counter()
            call()
            taken[name].append((time.thread_time() - processor, time.perf_counter() - clock))
    return {name: (_median(each, 0), _median(each, 1)) for name, each in taken.items()}, size


def _median(pairs: list[tuple[float, float]], place: int) -> float:
    return 1000 * statistics.median(pair[place] for pair in pairs)


def _call(client: object, address: str) -> Callable[[], object]:
    return lambda: client.get(address)  # type: ignore[attr-defined]


def visited(browser: Browser, origin: str, address: str, cookie: str) -> Visit:
    """One visit with nothing kept from before."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies([{"name": "leadership_session", "value": cookie, "domain": "127.0.0.1", "path": "/leadership"}])
    page: Page = context.new_page()
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright wants a function
    page.goto(origin + address, wait_until="networkidle")
    paint = float(page.evaluate(PAINT))
    sizes = [request.sizes() for request in finished]
    plotly = any("plotly-" in request.url for request in finished)
    context.close()
    return Visit(
        len(finished), sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes), paint, plotly
    )


def visits(house: LeadershipHouse, rounds: int) -> dict[str, list[Visit]]:
    """Cold visits of every page and of a bare page, in turns."""
    cookie = house.signed_in("principal").get_cookie("leadership_session", path="/leadership")
    bare = floor_of(10_000)

    def serve(environ: dict[str, object], start_response: object) -> object:
        return (bare if environ["PATH_INFO"] == "/" else house.app)(environ, start_response)  # type: ignore[arg-type]

    server = make_server("127.0.0.1", 0, serve, threaded=True, request_handler=Quiet)  # type: ignore[arg-type]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    found: dict[str, list[Visit]] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        for turn in range(rounds + 1):
            for name, address in {"bare page": "/", **PAGES}.items():
                visit = visited(
                    browser, f"http://127.0.0.1:{server.server_port}", address, cookie.value if cookie else ""
                )
                if turn:  # the first turn warms the browser and the server
                    found.setdefault(name, []).append(visit)
        browser.close()
    server.shutdown()
    server.server_close()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=40)
    asked = parser.parse_args()
    sizes = tuple(UNITS * RESPONDENTS * repeats for repeats in REPEATS)
    with tempfile.TemporaryDirectory() as folder:
        houses = {}
        for n, repeats in zip(sizes, REPEATS, strict=True):
            place = Path(folder) / str(n)
            place.mkdir()
            houses[n] = leadership_house(place, *released_years(repeats))
        print(f"{'server, ms':<16}" + "".join(f"{f'{n:,} answered':>20}" for n in sizes) + f"{'floor':>14}{'kB':>8}")
        print(f"{'':<16}" + "".join(f"{'processor':>13}{'clock':>7}" for _ in sizes) + f"{'clock':>14}")
        for name, address in PAGES.items():
            times, size = server_times(houses, address, asked.rounds)
            row = "".join(f"{times[str(n)][0]:>13.1f}{times[str(n)][1]:>7.1f}" for n in sizes)
            print(f"{name:<16}{row}{times['floor'][1]:>14.1f}{size / 1000:>8.1f}")
        print(f"aim: under {AIM_MILLISECONDS:.0f} ms and the same for both")
        print(f"\n{'cold visit':<16}{'requests':>9}{'kB on the wire':>16}{'first paint ms':>16}{'plotly':>8}")
        for name, seen in visits(houses[sizes[-1]], 3).items():
            paint = statistics.median(each.paint_ms for each in seen)
            plotly = "yes" if seen[0].plotly else "no"
            print(f"{name:<16}{seen[0].requests:>9}{seen[0].wire_bytes / 1000:>16.1f}{paint:>16.0f}{plotly:>8}")
        for house in houses.values():
            house.stores.registry.dispose()
            house.stores.ballot_box.dispose()
    print("LimeSurvey's statistics page: 0.7 s at 10,000 answers, 3.3 s at 100,000, 66 requests")
    return 0


if __name__ == "__main__":
    sys.exit(main())
