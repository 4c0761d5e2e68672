"""The demo in a real instance: everything through the services, the same bytes each time, and never twice."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest

from survey_app.demo import DemoRefused, FaultyUniversity, make_demo, sign_ins
from survey_app.services.casting import unit_of_slip
from survey_app.services.designing import frozen_poll, polls, state
from survey_app.services.registering import branches
from survey_app.services.reporting import released
from survey_app.services.signing_in import add_officer, officer_of, sign_in
from survey_app.store.engines import Stores
from tests.demo_instance import TODAY, DemoInstance, empty_stores

SMALL = Path(__file__).parent / "data" / "small_college.csv"
FINISHED = ("needs-2025", "home-2025", "needs-2026", "home-2026")
MAKE_SMALL = """
import sys
from datetime import date
from pathlib import Path
from survey_app.demo import make_demo
from tests.demo_instance import empty_stores
folder = Path(sys.argv[1])
with empty_stores(folder) as stores:
    make_demo(stores, folder, Path(sys.argv[2]), date(2026, 11, 23))
"""


def sealed_boxes(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in (folder / "sealed").glob("*.box")}


def made_small(folder: Path) -> dict[str, str]:
    with empty_stores(folder) as stores:
        make_demo(stores, folder, SMALL, TODAY)
    return sealed_boxes(folder)


@pytest.fixture(scope="module")
def small_boxes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Sealed boxes of the small college, made without interruption."""
    return made_small(tmp_path_factory.mktemp("small") / "instance")


def test_the_demo_holds_four_released_polls_and_one_open_one(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        states = {poll.poll_id: state(poll, TODAY) for poll in polls(stores)}
    assert states == dict.fromkeys(FINISHED, "released") | {"congress-2026": "open"}


@pytest.mark.parametrize(("poll_id", "in_service", "retired"), [("home-2025", 1735, 172), ("home-2026", 1887, 218)])
def test_a_release_counts_exactly_those_who_answered(
    demo_instance: DemoInstance, poll_id: str, in_service: int, retired: int
) -> None:
    with demo_instance.open() as stores:
        release = released(stores, poll_id)
    assert release.unit("ALL").n_responding == in_service
    assert release.unit("b24").n_responding == retired


def test_a_release_gives_the_overall_score_of_the_reference_run(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        means = [released(stores, poll_id).item_figure("ALL", "b01").mean for poll_id in ("home-2025", "home-2026")]
    assert means == pytest.approx([77.9, 79.9], abs=1)


def test_small_branches_report_under_one_name(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        poll = frozen_poll(stores.ballot_box, "home-2026")
    merged = poll.unit("b22-b23")
    assert merged.name.zh == "档案馆、高教所（合并）"
    assert merged.name.en == "Archives and Institute of Higher Education (merged)"
    assert (merged.n_eligible, merged.branches) == (15, ("B22", "B23"))
    assert len(poll.units) == 23


def test_the_retired_are_not_asked_about_the_congress(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        poll = frozen_poll(stores.ballot_box, "congress-2026")
    assert "b24" not in {unit.id for unit in poll.units}
    assert (poll.first_day, poll.last_day) == (date(2026, 11, 19), date(2026, 12, 3))


def test_a_visitor_gets_unused_slips_of_the_open_poll(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        for slips in demo_instance.demo.slips:
            units = {unit_of_slip(stores.ballot_box, "congress-2026", code) for code in slips.codes}
            assert units == {slips.unit_id}
    assert sum(len(slips.codes) for slips in demo_instance.demo.slips) >= 10


@pytest.mark.parametrize("line", range(4))
def test_every_printed_sign_in_works(own_demo_instance: DemoInstance, line: int) -> None:
    from datetime import UTC, datetime

    door, name, _, password, *_ = own_demo_instance.demo.sign_ins[line].split()
    now = datetime(2026, 11, 23, 8, tzinfo=UTC)
    with own_demo_instance.open() as stores:
        officer = officer_of(stores, sign_in(stores, name, password, now), now)
    assert officer is not None
    assert door == ("/leadership/" if officer.role == "leadership" else "/officers/")
    assert officer.branch_id == ("B15" if officer.role == "branch_officer" else None)


def test_no_slip_code_of_a_ballot_is_kept_once_the_demo_is_ready(demo_instance: DemoInstance) -> None:
    note = (demo_instance.folder / "demo.json").read_text("utf-8")
    assert '"codes": {}' in note
    with sqlite3.connect(demo_instance.folder / "ballot_box.db") as box:
        spent = box.execute("SELECT count(*) FROM slip_code WHERE poll_id = 'congress-2026' AND used = 1").fetchone()
    box.close()
    assert spent[0] > 1300


def test_a_second_call_says_so_and_changes_nothing(own_demo_instance: DemoInstance) -> None:
    folder = own_demo_instance.folder
    before = {
        path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix in (".box", ".json")
    }
    with own_demo_instance.open() as stores:
        n_polls = len(polls(stores))
        again = make_demo(stores, folder, None, date(2027, 3, 1))
        assert len(polls(stores)) == n_polls
    assert again.existed
    assert "already here" in again.summary
    assert before == {path: path.read_bytes() for path in before}
    assert sign_ins(folder)[:4] == own_demo_instance.demo.sign_ins


def test_a_second_call_with_another_table_says_that_too(own_demo_instance: DemoInstance) -> None:
    with own_demo_instance.open() as stores:
        assert "another table" in make_demo(stores, own_demo_instance.folder, SMALL, TODAY).summary


def test_the_same_table_and_day_give_the_same_boxes(tmp_path: Path, small_boxes: dict[str, str]) -> None:
    assert made_small(tmp_path / "instance") == small_boxes
    assert set(small_boxes) == {f"{poll_id}.box" for poll_id in FINISHED}


def test_both_kinds_of_database_give_the_same_boxes(
    stores: Stores, tmp_path: Path, small_boxes: dict[str, str]
) -> None:
    make_demo(stores, tmp_path, SMALL, TODAY)
    assert sealed_boxes(tmp_path) == small_boxes


@pytest.mark.parametrize("ballots", [1, 60, 150, 200])
def test_a_making_killed_in_the_middle_is_resumed_to_the_same_boxes(
    tmp_path: Path, small_boxes: dict[str, str], ballots: int
) -> None:
    folder = tmp_path / "instance"
    with subprocess.Popen([sys.executable, "-c", MAKE_SMALL, str(folder), str(SMALL)], cwd=Path.cwd()) as process:
        while process.poll() is None and n_ballots(folder) + 100 * len(list(folder.glob("sealed/*.box"))) < ballots:
            time.sleep(0.002)  # looks again; what ends the loop is the number of ballots
        os.kill(process.pid, signal.SIGKILL)
    assert not sign_ins(folder)
    assert made_small(folder) == small_boxes


def n_ballots(folder: Path) -> int:
    """Ballots in the box right now, looked up from outside."""
    try:
        box = sqlite3.connect(f"file:{folder / 'ballot_box.db'}?mode=ro", uri=True, timeout=0)
    except sqlite3.OperationalError:
        return 0
    try:
        return int(box.execute("SELECT count(*) FROM ballot").fetchone()[0])
    except sqlite3.OperationalError:  # not made yet, or being written
        return 0
    finally:
        box.close()


def test_resuming_with_another_table_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "instance"
    with subprocess.Popen([sys.executable, "-c", MAKE_SMALL, str(folder), str(SMALL)], cwd=Path.cwd()) as process:
        while process.poll() is None and not (folder / "demo.json").exists():
            time.sleep(0.002)
        os.kill(process.pid, signal.SIGKILL)
    with empty_stores(folder) as stores, pytest.raises(DemoRefused, match="same table again"):
        make_demo(stores, folder, None, TODAY)


def test_an_instance_with_officers_of_its_own_is_refused(tmp_path: Path) -> None:
    with empty_stores(tmp_path) as stores:
        add_officer(stores, "real", "Somebody real", "administrator", "a good long password")
        with pytest.raises(DemoRefused, match="of its own"):
            make_demo(stores, tmp_path, SMALL, TODAY)
        assert branches(stores) == ()


def test_the_command_refuses_a_faulty_table_with_a_sentence_and_exit_code_1(tmp_path: Path) -> None:
    table = tmp_path / "faulty.csv"
    table.write_text(SMALL.read_text("utf-8").replace(",60,70,", ",0,70,"), "utf-8")
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", "--university", str(table)]
    environment = os.environ | {"SURVEY_INSTANCE": str(tmp_path / "instance")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1
    assert done.stderr == "Error: Row 2, column members: “0” is not a number from 1 to 100000.\n"


def test_a_faulty_table_leaves_the_instance_as_it_was(tmp_path: Path) -> None:
    table = tmp_path / "faulty.csv"
    table.write_text(SMALL.read_text("utf-8").replace("N3,", "N2,"), "utf-8")
    with empty_stores(tmp_path / "instance") as stores:
        with pytest.raises(FaultyUniversity, match="Row 4, column branch_id"):
            make_demo(stores, tmp_path / "instance", table, TODAY)
        assert polls(stores) == ()
    assert not (tmp_path / "instance" / "demo.json").exists()
