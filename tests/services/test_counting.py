"""What officers see of answering: fives while the poll runs, and never a count of one to four."""

from datetime import timedelta
from pathlib import Path

import pytest

from survey_app.services import frozen_polls, issuing
from survey_app.services.casting import cast_ballot
from survey_app.services.counting import responding_by_unit
from survey_app.services.errors import NoSuchPoll
from survey_app.services.fieldwork import fieldwork
from survey_app.services.frozen_polls import frozen_poll
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.store.engines import Stores, ballot_box_engine
from tests.small_polls import DAY, FIRST, LAST, OFFICER, open_poll, submission


def cast(stores: Stores, unit_id: str, count: int) -> None:
    for _ in range(count):
        cast_ballot(stores.ballot_box, submission(unit_id), DAY)


def test_counts_are_rounded_down_to_fives_until_sealing_and_small_ones_withheld_after(
    stores: Stores, tmp_path: Path
) -> None:
    open_poll(stores)
    cast(stores, "b01", 9)
    cast(stores, "b02", 4)
    assert responding_by_unit(stores, "poll-1", DAY) == {"b01": 5, "b02": 0}
    close_poll(stores, "poll-1", OFFICER)
    assert responding_by_unit(stores, "poll-1", LAST) == {"b01": 5, "b02": 0}
    seal_poll(stores, tmp_path, "poll-1")
    assert responding_by_unit(stores, "poll-1", LAST) == {"b01": 9, "b02": None}
    assert fieldwork(stores, "poll-1", LAST).n_responding_at_least == 9


def test_another_process_that_remembers_the_poll_as_open_never_shows_a_sealed_box_as_empty(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frozen_polls, "STATE_SECONDS", 3600.0)
    open_poll(stores, way="slip")
    for code in issuing.draw_slips(stores, "poll-1", "b01", 6):
        cast_ballot(stores.ballot_box, submission(code), DAY)
    other = Stores(stores.registry, ballot_box_engine(stores.ballot_box.url.render_as_string(False)))
    assert responding_by_unit(other, "poll-1", DAY)["b01"] == 5
    close_poll(stores, "poll-1", OFFICER)
    seal_poll(stores, tmp_path, "poll-1")
    assert frozen_poll(other.ballot_box, "poll-1").state == "frozen"  # as remembered
    assert responding_by_unit(other, "poll-1", LAST) == {"b01": 6, "b02": 0}
    assert issuing.slips_drawn(other, "poll-1") == {"b01": 6, "b02": 0}
    other.ballot_box.dispose()


def test_nothing_is_counted_before_the_first_day(stores: Stores) -> None:
    open_poll(stores)
    assert set(responding_by_unit(stores, "poll-1", FIRST - timedelta(days=1)).values()) == {0}
    with pytest.raises(NoSuchPoll):
        responding_by_unit(stores, "nowhere", DAY)


def test_a_branch_officer_sees_the_unit_of_the_own_branch_only(stores: Stores) -> None:
    open_poll(stores)
    cast(stores, "b02", 10)
    seen = fieldwork(stores, "poll-1", DAY, branch_id="B02")
    assert [(row.unit.id, row.n_responding, row.response_percent) for row in seen.units] == [("b02", 10, 50)]
    assert (seen.n_eligible, seen.n_responding_at_least, seen.state) == (20, 10, "open")
    assert fieldwork(stores, "poll-1", DAY, branch_id="B77").units == ()
