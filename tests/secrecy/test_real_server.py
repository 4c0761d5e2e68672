"""Threats met by the server as it is run: what it writes about who came, and its death in the middle of answering."""

import threading
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest
from sqlalchemy import func, select

from survey_app.services.casting import OpenUnit, Submission
from survey_app.services.designing import freeze_poll
from survey_app.store.ballot_box import ballot
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade
from tests.real_server import RealServer, serving
from tests.secrecy.threats import threat
from tests.small_polls import add_branches, draft, submission

MARKERS = ("Marker-Agent-5101", "203.0.113.77", "Marker-Referer-5102", "Marker-Query-5103", "Marker-Cookie-5104")
HEADERS = {
    "User-Agent": MARKERS[0],
    "X-Forwarded-For": MARKERS[1],
    "Referer": f"https://example.org/{MARKERS[2]}",
    "Cookie": f"campus={MARKERS[4]}",
}


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[tuple[Path, Stores]]:
    """A folder with an open poll of today, and its databases."""
    folder = tmp_path / "instance"
    folder.mkdir()
    stores = Stores(
        registry_engine(f"sqlite:///{folder / 'registry.db'}"),
        ballot_box_engine(f"sqlite:///{folder / 'ballot_box.db'}"),
    )
    upgrade(stores.registry, stores.ballot_box)
    add_branches(stores)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = {"first_day": today - timedelta(days=1), "last_day": today + timedelta(days=3)}
    freeze_poll(stores, draft(stores, **days), "wang", days["first_day"])
    yield folder, stores
    stores.registry.dispose()
    stores.ballot_box.dispose()


def text(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def body(one: Submission) -> bytes:
    """The call that the page's script makes."""
    assert isinstance(one.credential, OpenUnit)
    return orjson.dumps(
        {
            "nonce": text(one.nonce),
            "opener": text(one.opener),
            "answers": one.answers.decode(),
            "comments": [],
            "credential": {"unit": one.credential.unit_id},
        }
    )


def count(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ballot)) or 0


@threat(5)
def test_nothing_about_who_came_is_written_by_the_real_server(instance: tuple[Path, Stores], tmp_path: Path) -> None:
    folder, stores = instance
    printed = tmp_path / "printed"
    with serving(folder, printed) as server:
        assert server.call("GET", f"/b/poll-1?from={MARKERS[3]}", headers=HEADERS)[0] == 200
        assert server.call("POST", "/b/poll-1/ballots", body(submission()), HEADERS)[0] == 201
        assert server.call("POST", f"/b/poll-1/ballots?x={MARKERS[3]}", b"no json", HEADERS)[0] == 400
        assert server.call("GET", f"/nowhere/{MARKERS[3]}", headers=HEADERS)[0] == 404
    assert count(stores) == 1
    written = {path: path.read_bytes() for path in (*folder.rglob("*"), printed) if path.is_file()}
    found = [
        (path.name, marker) for path, content in written.items() for marker in MARKERS if marker.encode() in content
    ]
    assert found == []
    assert b"/b/poll-1" not in written[printed]


def send_all(server: RealServer, sent: list[Submission], acknowledged: dict[int, str], enough: threading.Event) -> None:
    for place, one in enumerate(sent):
        try:
            status, answer = server.call("POST", "/b/poll-1/ballots", body(one))
        except OSError:
            return  # the server is dead; the page will send again
        assert status in (200, 201)
        acknowledged[place] = orjson.loads(answer)["receipt"]
        if len(acknowledged) >= 40:
            enough.set()


def test_a_server_killed_in_the_middle_of_a_hundred_answers_loses_and_doubles_nothing(
    instance: tuple[Path, Stores], tmp_path: Path
) -> None:
    folder, stores = instance
    sent = [submission() for _ in range(100)]
    before: dict[int, str] = {}
    enough = threading.Event()
    with serving(folder, tmp_path / "first") as server:
        browser = threading.Thread(target=send_all, args=(server, sent, before, enough))
        browser.start()
        assert enough.wait(60)
        server.kill()
        browser.join()
    assert 40 <= len(before) < 100

    after: dict[int, str] = {}
    with serving(folder, tmp_path / "second") as server:
        send_all(server, sent, after, enough)
    assert {place: after[place] for place in before} == before
    assert len(after) == count(stores) == 100
