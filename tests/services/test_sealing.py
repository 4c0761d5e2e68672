"""Sealing: one file, the same whatever came first, made again and again until it is done, with nothing left behind."""

import json
import random
import secrets
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey_app.services import auditing, issuing, sealing
from survey_app.services.casting import Submission, cast_ballot
from survey_app.services.counting import responding_by_unit
from survey_app.services.designing import poll_summary, state
from survey_app.services.errors import NoSuchPoll, NotSealable, PollClosed
from survey_app.services.fieldwork import fieldwork
from survey_app.services.frozen_polls import frozen_poll
from survey_app.store import sealed_box
from survey_app.store.ballot_box import ballot, comment, slip_code
from survey_app.store.engines import Stores
from tests.databases import MakeStores
from tests.small_polls import DAY, LAST, OFFICER, answers, open_poll, submission
from tests.small_polls import comment as a_comment


def cast(stores: Stores, n_first: int, n_second: int) -> list[Submission]:
    sent = [submission("b01", comments=(a_comment(),)) for _ in range(n_first)]
    sent += [submission("b02") for _ in range(n_second)]
    for one in sent:
        cast_ballot(stores.ballot_box, one, DAY)
    return sent


def seal(stores: Stores, folder: Path) -> sealing.SealedBox:
    sealing.close_poll(stores, "poll-1", OFFICER)
    return sealing.seal_poll(stores, folder, "poll-1", officer_name=OFFICER)


def live_rows(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return sum(
            connection.scalar(select(func.count()).select_from(table)) or 0 for table in (ballot, comment, slip_code)
        )


def test_a_sealed_box_holds_every_ballot_and_the_live_box_none(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    sent = cast(stores, 12, 7)
    sealed = seal(stores, tmp_path)
    box = sqlite3.connect(sealed.path)
    assert sorted(row[0] for row in box.execute("SELECT opener FROM ballot")) == sorted(one.opener for one in sent)
    assert box.execute("SELECT DISTINCT text, item, unit_id FROM comment").fetchall() == [("食堂很好", "q6", "b01")]
    document, facts = box.execute("SELECT document, facts FROM poll").fetchone()
    box.close()
    assert document == frozen_poll(stores.ballot_box, "poll-1").document
    assert [unit["id"] for unit in json.loads(facts)["units"]] == ["b01", "b02"]
    assert (sealed.n_ballots, live_rows(stores)) == (19, 0)
    assert [oct(path.stat().st_mode & 0o777) for path in (sealed.path.parent, sealed.path)] == ["0o700", "0o600"]


def test_the_registry_keeps_numbers_and_the_hash_of_the_box(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b02", 20)
    for code in codes[:7]:
        cast_ballot(stores.ballot_box, submission(code, answers=answers("b02")), DAY)
    sealed = seal(stores, tmp_path)
    summary = poll_summary(stores, "poll-1")
    assert (summary.box_sha256, state(summary, LAST)) == (sealed_box.sha256(sealed.path), "sealed")
    assert [(unit.unit_id, unit.n_slips_used, unit.n_slips_unused) for unit in sealed.units] == [("b02", 7, 13)]
    rows = {row.unit.id: row for row in fieldwork(stores, "poll-1", LAST).units}
    assert (rows["b02"].n_responding, rows["b02"].n_slips_drawn, rows["b02"].response_percent) == (7, 20, 35)
    assert [entry.action for entry in auditing.entries(stores)] == ["seal_poll", "close_poll", "freeze_poll"]


def test_an_open_poll_is_not_sealed_and_an_unknown_one_not_closed(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    with pytest.raises(NotSealable):
        sealing.seal_poll(stores, tmp_path, "poll-1")
    with pytest.raises(NoSuchPoll):
        sealing.close_poll(stores, "nowhere", OFFICER)
    with pytest.raises(NoSuchPoll):
        sealing.seal_poll(stores, tmp_path, "nowhere")


def test_a_poll_without_ballots_can_be_sealed(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    assert seal(stores, tmp_path).n_ballots == 0
    assert set(responding_by_unit(stores, "poll-1", LAST).values()) == {0}


def test_sealing_again_gives_the_same_box_and_one_audit_entry(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    cast(stores, 3, 3)
    assert seal(stores, tmp_path) == seal(stores, tmp_path)
    assert [entry.action for entry in auditing.entries(stores)].count("seal_poll") == 1
    with pytest.raises(PollClosed):
        cast_ballot(stores.ballot_box, submission(), DAY)


STEPS = ["_write_box", "_note_counts", "_wipe", "_present_box", "_drop_dead_rows", "_mark_sealed"]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("when", ["before", "after"])
def test_a_crash_at_any_step_is_healed_by_sealing_again(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, when: str
) -> None:
    open_poll(stores)
    sent = cast(stores, 6, 2)
    real = getattr(sealing, step)

    def breaking(*given: object) -> object:
        if when == "after":
            real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sealing, step, breaking)
        with pytest.raises(KeyboardInterrupt):
            seal(stores, tmp_path)
    sealed = seal(stores, tmp_path)
    box = sqlite3.connect(sealed.path)
    assert {row[0] for row in box.execute("SELECT opener FROM ballot")} == {one.opener for one in sent}
    box.close()
    assert (live_rows(stores), poll_summary(stores, "poll-1").stored_state) == (0, "sealed")
    assert sorted(path.name for path in sealed.path.parent.iterdir()) == ["poll-1.box", "poll-1.context.json"]


def test_half_a_file_of_a_killed_run_is_cleared_away(make_stores: MakeStores, tmp_path: Path) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    (tmp_path / "sealed").mkdir()
    for half in ("poll-1.box.0badcafe.partial", "poll-1.context.json.0badcafe.partial"):
        (tmp_path / "sealed" / half).write_bytes(b"half")
    sealed = seal(stores, tmp_path)
    assert sorted(path.name for path in sealed.path.parent.iterdir()) == ["poll-1.box", "poll-1.context.json"]


def test_officers_sealing_at_once_make_one_box(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    cast(stores, 20, 10)
    sealing.close_poll(stores, "poll-1", OFFICER)
    start, boxes = threading.Barrier(4), []

    def press() -> None:
        start.wait()
        boxes.append(sealing.seal_poll(stores, tmp_path, "poll-1"))

    threads = [threading.Thread(target=press) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [box.n_ballots for box in boxes] == [30] * 4
    assert [entry.action for entry in auditing.entries(stores)].count("seal_poll") == 1


def test_a_changed_or_missing_box_is_noticed(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    sealed = seal(stores, tmp_path)
    with sqlite3.connect(sealed.path) as box:
        box.execute("UPDATE poll SET way = 'slip'")
    box.close()
    with pytest.raises(NotSealable):
        sealing.seal_poll(stores, tmp_path, "poll-1")
    sealed.path.unlink()
    with pytest.raises(NotSealable):
        sealing.seal_poll(stores, tmp_path, "poll-1")


def test_other_polls_are_left_alone(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    open_poll(stores, "poll-2")
    cast(stores, 2, 2)
    cast_ballot(stores.ballot_box, submission(poll_id="poll-2"), DAY)
    assert seal(stores, tmp_path).n_ballots == 4
    assert live_rows(stores) == 1
    assert not cast_ballot(stores.ballot_box, submission(poll_id="poll-2"), DAY).repeated


@pytest.mark.postgresql
def test_the_same_ballots_in_another_order_give_the_same_bytes_on_both_databases(
    make_stores: MakeStores, tmp_path: Path
) -> None:
    boxes = {}
    sent = [
        submission("b01" if number % 3 else "b02", comments=(a_comment(text=secrets.token_hex(8)),))
        for number in range(200)
    ]
    for place, kind in enumerate(["sqlite", "sqlite", "postgresql", "postgresql"]):
        stores = make_stores(kind)
        open_poll(stores)
        random.Random(place).shuffle(sent)
        for one in sent:
            cast_ballot(stores.ballot_box, one, DAY)
        boxes[place] = seal(stores, tmp_path / str(place)).path.read_bytes()
    assert len(set(boxes.values())) == 1


def test_progress_ends_at_the_number_of_ballots(make_stores: MakeStores, tmp_path: Path) -> None:
    stores = make_stores("sqlite")
    open_poll(stores)
    cast(stores, 3, 1)
    sealing.close_poll(stores, "poll-1", OFFICER)
    told: list[tuple[int, int]] = []
    sealing.seal_poll(stores, tmp_path, "poll-1", lambda done, total: told.append((done, total)))
    assert told == [(4, 4)]
