"""Releasing: once, from the box that was sealed, and the same for whoever asks."""

import hashlib
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from analysis.disclosure.released import EVERYBODY
from survey_app.services import auditing, reporting, sealing
from survey_app.services.casting import cast_ballot
from survey_app.services.designing import poll_summary
from survey_app.services.errors import NoSuchPoll, NotSealable
from survey_app.store.engines import Stores
from survey_app.store.registry import Release
from tests.small_polls import DAY, OFFICER, comment, open_poll, submission


def sealed_poll(stores: Stores, folder: Path, n_first: int = 12, n_second: int = 7) -> None:
    open_poll(stores)
    for place in range(n_first + n_second):
        unit = "b01" if place < n_first else "b02"
        cast_ballot(stores.ballot_box, submission(unit, comments=(comment(),) if place < 11 else ()), DAY)
    sealing.close_poll(stores, "poll-1", OFFICER)
    sealing.seal_poll(stores, folder, "poll-1", officer_name=OFFICER)


def test_a_sealed_poll_is_released_with_what_its_ballots_say(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    assert released.unit(EVERYBODY).n_responding == 19
    assert released.unit("b02").response_percent == 35
    assert released.item_figure("b01", "q1").mean == 75
    assert released.item_figure("b02", "q5").withheld == "no_answers"
    assert released.comment_count("b01", "q6").n == 11
    assert released.poll.box_sha256 == poll_summary(stores, "poll-1").box_sha256
    assert poll_summary(stores, "poll-1").stored_state == "released"
    assert auditing.entries(stores)[0].action == "release_poll"


def test_nothing_can_be_read_before_the_release(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    assert reporting.releases(stores) == ()
    with pytest.raises(NoSuchPoll):
        reporting.released(stores, "poll-1")


def test_a_poll_that_is_not_sealed_or_not_known_is_refused_in_words(stores: Stores, tmp_path: Path) -> None:
    with pytest.raises(NoSuchPoll):
        reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    open_poll(stores)
    with pytest.raises(NotSealable):
        reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)


def test_a_box_that_was_changed_after_sealing_is_not_released(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    box = sealing.box_path(tmp_path, "poll-1")
    box.write_bytes(box.read_bytes() + b"\0")
    with pytest.raises(NotSealable):
        reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    box.unlink()
    with pytest.raises(NotSealable):
        reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)


def test_releasing_again_keeps_the_first_document(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    first = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    sealing.box_path(tmp_path, "poll-1").unlink()
    assert reporting.release_poll(stores, tmp_path, "poll-1", "li") == first
    assert [entry.action for entry in auditing.entries(stores)].count("release_poll") == 1


def test_two_officers_at_once_store_one_release(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    start, got, faults = threading.Barrier(4), [], []

    def press() -> None:
        start.wait()
        try:
            got.append(reporting.release_poll(stores, tmp_path, "poll-1", OFFICER))
        except Exception as fault:  # noqa: BLE001 - the test shows it
            faults.append(fault)

    officers = [threading.Thread(target=press) for _ in range(4)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert faults == []
    assert len({each.to_json() for each in got}) == 1
    with Session(stores.registry) as session:
        assert session.scalar(select(func.count()).select_from(Release)) == 1
        stored = session.scalars(select(Release)).one()
        assert hashlib.sha256(stored.document).hexdigest() == stored.sha256
    assert [entry.action for entry in auditing.entries(stores)].count("release_poll") == 1


def test_a_list_of_releases_says_what_each_is(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    (summary,) = reporting.releases(stores)
    assert (summary.poll_id, summary.questionnaire, summary.wave) == ("poll-1", "small", "2026")
    assert summary.title.zh == "满意度调查"


def test_a_release_that_was_changed_in_the_database_is_not_shown(stores: Stores, tmp_path: Path) -> None:
    sealed_poll(stores, tmp_path)
    document = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER).to_json()
    with stores.registry.begin() as connection:
        connection.execute(update(Release).values(document=document.replace(b'"mean":75', b'"mean":95'), sha256="0"))
    with pytest.raises(ValueError, match="not the one that was released"):
        reporting.released(stores, "poll-1")
