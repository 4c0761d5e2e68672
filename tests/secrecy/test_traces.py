"""Threats by what is left behind: the whole instance folder, both databases, backups and all the server printed.

Not looked into: PostgreSQL's write-ahead log, which is that server's own and keeps the order of writes for a while.
"""

import http.client
import random
import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import orjson
import pytest
from scipy.stats import spearmanr
from sqlalchemy import Engine, text

from survey_app.ballots.encodings import H, from_base64url, nonce_hash, to_base64url
from survey_app.services import issuing, members
from survey_app.services.backing_up import back_up
from survey_app.services.casting import Submission, cast_ballot
from survey_app.services.collecting import SignedTicket
from survey_app.services.designing import freeze_poll
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.store.engines import Stores, upgrade
from tests.databases import MakeStores, dispose, stores_at
from tests.real_server import RealServer, serving
from tests.secrecy.served_term import ballot_told
from tests.secrecy.test_counting_honestly import private_key
from tests.secrecy.test_observers import STRIKING
from tests.secrecy.threats import threat
from tests.small_polls import DAY, OFFICER, draft, open_poll, submission
from tests.small_polls import comment as a_comment
from tests.small_terms import (
    MEANS,
    SECRET,
    a_ticket,
    browser,
    by_ticket,
    manifest_of,
    small_term,
    small_university,
    ticket_poll,
)

AGENT = {
    "User-Agent": "Marker-Agent-7701",
    "X-Forwarded-For": "203.0.113.97",
    "Referer": "https://example.org/Marker-Referer-7702",
    "Accept-Language": "zz-7703",
}
LEFT = (
    (Path(__file__).parents[2] / "docs/decisions/0006-who-could-see-what.md")
    .read_text("utf-8")
    .partition("## What is left")[2]
)
PAGE = 4096
WORDS, MAIL = "记号七七零四", "Marker-7705.example"


@dataclass
class Left:
    """What must be nowhere, what may be in the registry alone, what in the ballot box alone, what only until sealing."""

    nowhere: set[bytes] = field(
        default_factory=lambda: {value.encode() for value in AGENT.values()} | {SECRET.encode()}
    )
    of_people: set[bytes] = field(default_factory=lambda: {MAIL.encode()})
    of_ballots: set[bytes] = field(default_factory=lambda: {WORDS.encode()})
    until_sealing: set[bytes] = field(default_factory=set)

    def never(self, *values: bytes) -> None:
        """In no spelling."""
        for value in values:
            self.nowhere |= {value, to_base64url(value).encode(), value.hex().encode()}


class Phone:
    """A browser that says everything about itself, at the real server."""

    def __init__(self, server: RealServer, number: str) -> None:
        self.server, self.number, self.cookie = server, number, ""

    def call(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        with_cookie = {"Cookie": self.cookie} if self.cookie and path.startswith("/account") else {}
        connection.request(method, path, body or None, AGENT | with_cookie | headers)
        answer = connection.getresponse()
        data = answer.read()
        given = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
        self.cookie = given[-1] if given else self.cookie
        connection.close()
        return answer.status, data

    def collects(self, stores: Stores, left: Left) -> Submission:
        """Sign in by a link and collect; the ballot to be sent another day."""
        token = members.token_for_staff_number(stores, self.number, datetime.now(UTC))
        asked = self.call("GET", f"/account/link/{token}")[1].decode()
        fields = re.findall(r'name="(csrf_token|token)" value="([^"]+)"', asked)
        form = "&".join(f"{name}={value}" for name, value in fields).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        assert self.call("POST", "/account/link", form, **kind)[0] == 303
        page = self.call("GET", "/account/")[1].decode()
        csrf = re.search(r'data-csrf="([^"]+)"', page)
        assert csrf
        mine, manifest = browser(self.number.split("-")[0]), manifest_of(stores)
        wanted = mine.wanted(manifest)
        named = {"slot": "2026-01", "key_id": to_base64url(wanted.key_id), "blinded": to_base64url(wanted.blinded)}
        said = {"Content-Type": "application/json", "X-CSRFToken": csrf[1]}
        status, data = self.call("POST", "/account/terms/2026/tickets", orjson.dumps({"tickets": [named]}), **said)
        assert status == 200, data
        signed = from_base64url(orjson.loads(data)["tickets"][0]["blind_sig"])
        ticket = mine.ticket(manifest, SignedTicket("2026-01", signed))
        one = by_ticket(ticket, comments=(a_comment(text=WORDS),))
        left.never(mine.seed, wanted.blinded, signed, ticket.prepared, ticket.signature, ticket.nonce)
        left.nowhere |= {token.encode(), self.cookie.partition("=")[2].encode(), csrf[1].encode()}
        left.of_people.add(self.number.encode())
        left.of_ballots |= {one.opener, nonce_hash(ticket.prepared)}
        left.until_sealing.add(H(wanted.blinded))
        return one

    def answers(self, one: Submission) -> None:
        said = {"Content-Type": "application/json"}
        assert self.call("GET", "/b/poll-1")[0] == 200
        assert self.call("POST", "/b/waves/poll-1/ballots", orjson.dumps(ballot_told(one)), **said)[0] == 201


def a_poll_of_today(folder: Path) -> Stores:
    """A term whose collecting began the day before yesterday, and a poll that opened today."""
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    folder.mkdir()
    stores = stores_at(folder)
    upgrade(stores.registry, stores.ballot_box)
    small_university(stores)
    with stores.registry.begin() as connection:
        connection.execute(text("UPDATE roster_member SET email = staff_number || '@" + MAIL + "'"))
    last = today + timedelta(days=30)
    small_term(stores, collect_first_day=today - timedelta(days=2), collect_last_day=last)
    poll = draft(stores, way="ticket", mode="two_phases", first_day=today, last_day=last)
    days = {"results_by": last + timedelta(days=30), "kept_until": last + timedelta(days=400)}
    freeze_poll(stores, replace(poll, notice=replace(poll.notice, **days)), OFFICER, today, MEANS)
    return stores


def contents(*places: Path) -> Mapping[str, bytes]:
    files = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*")))]
    return {str(path): path.read_bytes() for path in files if path.is_file()}


def found(files: Mapping[str, bytes], markers: Iterable[bytes]) -> list[tuple[str, bytes]]:
    return [(name, marker) for name, data in files.items() for marker in markers if marker in data]


def without(files: Mapping[str, bytes], *parts: str) -> Mapping[str, bytes]:
    return {name: data for name, data in files.items() if not any(part in name for part in parts)}


@threat(5)
def test_grepping_the_whole_instance_all_logs_and_a_backup_after_a_full_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, printed, left = tmp_path / "instance", tmp_path / "printed", Left()
    stores = a_poll_of_today(folder)
    monkeypatch.setenv("SURVEY_SECRET", SECRET)
    monkeypatch.setenv("SURVEY_SIGN_IN", "code")
    with serving(folder, printed) as server:
        phones = [Phone(server, f"b01-{n:03}") for n in range(7)]
        for phone, one in [(phone, phone.collects(stores, left)) for phone in phones]:
            phone.answers(one)
        while_open = contents(folder, printed)
        assert found(while_open, left.nowhere) == []
        assert found(without(while_open, "registry.db"), left.of_people) == []
        assert found(without(while_open, "ballot_box.db"), left.of_ballots) == []
        assert len(found(while_open, left.of_ballots)) >= len(left.of_ballots), "the search finds what is there"
        assert found(while_open, left.until_sealing)
        close_poll(stores, "poll-1", OFFICER)
        seal_poll(stores, folder, "poll-1", officer_name=OFFICER)
    copy = back_up(stores, folder, tmp_path / "backup").folder
    dispose(stores)
    after = contents(folder, printed, copy)
    assert [name for name in after if name.startswith(str(copy)) and name.endswith(".box")]
    assert found(after, left.nowhere | left.until_sealing) == []
    assert found(without(after, "registry.db"), left.of_people) == []
    assert found(without(after, "poll-1.box"), left.of_ballots) == []


@threat(6)
def test_reading_the_order_of_arrival_from_where_rows_lie_on_disk(make_stores: MakeStores, tmp_path: Path) -> None:
    """SQLite while the poll is open, sealed and in a backup."""
    stores = make_stores("sqlite")
    open_poll(stores)
    sent = cast(stores, "poll-1", 200)
    came = list(range(len(sent)))
    folder = Path(str(stores.ballot_box.url.database)).parent
    assert z(came, came) > STRIKING
    assert z(came, places((folder / "ballot_box.db").read_bytes(), sent)) < STRIKING
    close_poll(stores, "poll-1", OFFICER)
    box = seal_poll(stores, folder, "poll-1").path
    assert z(came, places(box.read_bytes(), sent)) < STRIKING
    copy = back_up(stores, folder, tmp_path / "backup").folder
    assert (copy / "sealed" / box.name).read_bytes() == box.read_bytes()


@threat(6)
def test_reading_in_a_backup_who_collected_first(stores: Stores, tmp_path: Path) -> None:
    ticket_poll(stores)
    numbers = [f"b01-{n:03}" for n in random.Random(6).sample(range(24), 24)]
    for number in numbers:
        a_ticket(stores, number)
    copy = back_up(stores, tmp_path, tmp_path / "backup").folder / "registry.db"
    with closing(sqlite3.connect(copy)) as registry:
        lying = [number for (number,) in registry.execute("SELECT staff_number FROM issuance")]
        hashes = [bytes(one) for (one,) in registry.execute("SELECT blinded_hash FROM issuance")]
    assert lying == sorted(numbers)
    on_disk = sorted(hashes, key=copy.read_bytes().rfind)
    assert on_disk in (hashes, hashes[::-1]), "on disk too they lie by staff number"


def cast(stores: Stores, poll_id: str, count: int) -> list[Submission]:
    sent = [submission(poll_id=poll_id) for _ in range(count)]
    for one in sent:
        cast_ballot(stores.ballot_box, one, DAY)
    return sent


def by_place(box: Engine, poll_id: str) -> list[bytes]:
    """Openers as the rows lie in the heap of PostgreSQL."""
    query = text("SELECT opener FROM ballot WHERE poll_id = :poll ORDER BY ctid")
    with box.connect() as connection:
        return [bytes(one) for one in connection.scalars(query, {"poll": poll_id})]


@threat(6)
@pytest.mark.postgresql
def test_reading_the_order_of_arrival_from_postgresql(make_stores: MakeStores, tmp_path: Path) -> None:
    """While a poll is open its administrator can: that risk is told. After sealing no file of the database, table or index,
    holds anything of a sealed ballot."""
    stores = make_stores("postgresql")
    open_poll(stores)
    open_poll(stores, "poll-2")
    sent, others = [], []
    for _ in range(40):
        sent += cast(stores, "poll-1", 1)
        others += cast(stores, "poll-2", 1)
    assert by_place(stores.ballot_box, "poll-1") == [one.opener for one in sent]
    assert "PostgreSQL" in LEFT
    close_poll(stores, "poll-1", OFFICER)
    box = seal_poll(stores, tmp_path, "poll-1").path
    came = list(range(len(sent)))
    assert z(came, places(box.read_bytes(), sent)) < STRIKING
    with stores.ballot_box.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        folder = Path(str(connection.scalar(text("SHOW data_directory"))))
        oid = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    files = contents(folder / "base" / str(oid))
    assert found(files, {others[0].opener}), "the search finds what is there"
    assert found(files, {part for one in sent for part in (one.opener, one.nonce)}) == []
    assert found(contents(back_up(stores, tmp_path, tmp_path / "backup").folder), {one.opener for one in others}) == []


@threat(7)
def test_comparing_two_nightly_backups_to_see_who_answered_in_between(stores: Stores, tmp_path: Path) -> None:
    """What is not sealed is in none: not a ballot, not a comment, not a slip; the copies differ in nothing of the box."""
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 8, officer_name=OFFICER)
    copies = []
    for night, code in (("monday", codes[0]), ("tuesday", codes[1])):
        one = submission(code, comments=(a_comment(text=WORDS),))
        cast_ballot(stores.ballot_box, one, DAY)
        made = back_up(stores, tmp_path, tmp_path / night)
        assert made.left_out == ("poll-1",)
        files = contents(made.folder)
        assert found(files, {one.opener, one.nonce, WORDS.encode(), one.answers}) == []
        copies.append((made.folder / "ballot_box.db").read_bytes())
    assert copies[0] == copies[1]


@threat(7)
def test_opening_the_tickets_of_a_stolen_backup(stores: Stores, tmp_path: Path) -> None:
    """The signing keys in it are locked with the instance's secret, which is in no backup; nor are sign-ins and
    the key that acknowledges receipts."""
    ticket_poll(stores)
    members.token_for_staff_number(stores, "b01-000", datetime.now(UTC))
    files = contents(back_up(stores, tmp_path, tmp_path / "backup").folder)
    assert found(files, {SECRET.encode()}) == []
    key = private_key(stores, "b01")
    with stores.ballot_box.connect() as connection:
        ack = bytes(connection.scalar(text("SELECT ack_private FROM box_poll")))
    assert found(files, {key.p.to_bytes(128, "big"), key.q.to_bytes(128, "big"), ack}) == []
    with closing(sqlite3.connect(tmp_path / "backup" / "registry.db")) as registry:
        for table in ("member_session", "member_link", "officer_session"):
            assert registry.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def z(first: list[int], second: list[int]) -> float:
    """How far two orders go together, in standard deviations of random ones."""
    return abs(float(spearmanr(first, second).statistic)) * (len(first) - 1) ** 0.5


def places(data: bytes, sent: list[Submission]) -> list[int]:
    """Where each ballot lies in a SQLite file: by page, and in a page from its end, as rows are added to it."""
    assert all(one.opener in data for one in sent)
    found = [divmod(data.rfind(one.opener), PAGE) for one in sent]
    return [page * PAGE + (PAGE - at) for page, at in found]
