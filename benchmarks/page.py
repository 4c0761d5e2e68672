"""The answering page on a slow phone: requests, bytes on the wire, first paint, beside a bare hand-written page.

Chromium with a cold cache, 390 x 844, CPU slowed four times, 1.6 Mbit/s with 150 ms to and fro; both pages come from the
same server in the same run, one after the other. Figures are medians. Run: python -m benchmarks.page [--rounds 9]
"""

import argparse
import gzip
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser, Request, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from questionnaires.library import load
from tests.machine import chromium
from tests.staff_house import open_poll, staff_house

POLL = "home-2026"
QUESTIONS = 25
KILOBYTE = 1000
STYLE = b"body{font:17px/1.75 sans-serif;max-width:640px;margin:0 auto;padding:0 16px}fieldset{border:0;margin:24px 0;padding:0}"
PAINT = """() => new Promise((done) => {
  const seen = () => performance.getEntriesByName('first-contentful-paint')[0];
  const wait = () => (seen() ? done(seen().startTime) : requestAnimationFrame(wait));
  wait();
})"""


@dataclass(frozen=True)
class Visit:
    """One cold visit: requests, bytes of bodies and headers, milliseconds to the first paint."""

    requests: int
    wire_bytes: int
    paint_ms: float


def bare_page() -> bytes:
    """What somebody would write by hand: a heading, 25 questions with five radio buttons each, one button."""
    items = [item for item in load("staff_home_annual").items if item.kind == "rating"]
    questions = "".join(
        f"<fieldset><legend>{number + 1} {items[number % len(items)].text.zh}</legend>"
        + "".join(
            f"<label><input type=radio name=q{number} value={choice.id}>{choice.text.zh}</label> "
            for choice in items[number % len(items)].choices
        )
        + "</fieldset>"
        for number in range(QUESTIONS)
    )
    return (
        '<!doctype html><html lang=zh-CN><meta charset=utf-8><meta name=viewport content="width=device-width">'
        f"<title>评议</title><link rel=stylesheet href=/bare.css><h1>评议</h1><form method=post>{questions}<button>提交</button></form>"
    ).encode()


class Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"

    def log(self, *_: Any) -> None:
        pass


def with_bare_page(app: Any) -> Any:
    """The service, and the bare page beside it, squeezed alike."""
    bare = {"/bare": (gzip.compress(bare_page(), 9), "text/html"), "/bare.css": (gzip.compress(STYLE, 9), "text/css")}

    def serve(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["PATH_INFO"] not in bare:
            return app(environ, start_response)
        body, kind = bare[environ["PATH_INFO"]]
        start_response(
            "200 OK", [("Content-Type", kind), ("Content-Encoding", "gzip"), ("Content-Length", str(len(body)))]
        )
        return [body]

    return serve


def visit(browser: Browser, address: str) -> Visit:
    """One visit with nothing kept from before."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8},
    )
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    finished: list[Request] = []
    page.on("requestfinished", lambda request: finished.append(request))  # noqa: PLW0108 - Playwright wants a function
    page.goto(address, wait_until="networkidle")
    paint = page.evaluate(PAINT)
    sizes = [request.sizes() for request in finished]
    context.close()
    return Visit(len(finished), sum(size["responseBodySize"] + size["responseHeadersSize"] for size in sizes), paint)


def figures(rounds: int) -> dict[str, list[Visit]]:
    """Visits of each page, in turns."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        house = staff_house(Path(folder))
        open_poll(house, POLL)
        server = make_server("127.0.0.1", 0, with_bare_page(house.app), threaded=True, request_handler=Quiet)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        origin = f"http://127.0.0.1:{server.server_port}"
        browser = playwright.chromium.launch(
            executable_path=chromium(),
            args=[
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        pages = {"bare page": "/bare", "answering page": f"/b/{POLL}", "in English": f"/b/{POLL}/en"}
        for path in pages.values():
            visit(browser, origin + path)
        found: dict[str, list[Visit]] = {name: [] for name in pages}
        for _ in range(rounds):
            for name, path in pages.items():
                found[name].append(visit(browser, origin + path))
        browser.close()
        server.shutdown()
        server.server_close()
        house.stores.registry.dispose()
        house.stores.ballot_box.dispose()
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    found = figures(parser.parse_args().rounds)
    floor = median(one.paint_ms for one in found["bare page"])
    print(f"{'page':<16}{'requests':>9}{'kB on the wire':>16}{'first paint ms':>16}{'of bare page':>14}")
    for name, visits in found.items():
        paint = median(one.paint_ms for one in visits)
        kilobytes = median(one.wire_bytes for one in visits) / KILOBYTE
        print(f"{name:<16}{visits[0].requests:>9}{kilobytes:>16.1f}{paint:>16.0f}{paint / floor:>14.2f}")
    print("aims: at most 5 requests, 30 kB, 1.2 times the bare page's first paint")
    return 0


if __name__ == "__main__":
    sys.exit(main())
