"""Closing against ballots that are on their way at that very moment."""

import threading
from collections import Counter

import pytest
from sqlalchemy import func, select

from survey_app.services import casting, sealing
from survey_app.services.casting import cast_ballot
from survey_app.services.designing import poll_summary
from survey_app.services.errors import PollClosed
from survey_app.services.frozen_polls import frozen_poll
from survey_app.store.ballot_box import ballot, box_poll
from survey_app.store.engines import Stores
from tests.databases import MakeStores, wait_for_waiting
from tests.small_polls import DAY, OFFICER, open_poll, submission


def count(stores: Stores) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(ballot)) or 0


def test_every_ballot_has_a_receipt_or_a_refusal_when_the_poll_closes_under_load(stores: Stores) -> None:
    open_poll(stores)
    outcomes: Counter[str] = Counter()
    enough = threading.Semaphore(0)

    def keep_casting() -> None:
        while True:
            try:
                cast_ballot(stores.ballot_box, submission(), DAY)
            except PollClosed:
                outcomes["refused"] += 1
                return
            outcomes["stored"] += 1
            enough.release()

    threads = [threading.Thread(target=keep_casting) for _ in range(6)]
    for thread in threads:
        thread.start()
    for _ in range(40):
        enough.acquire()
    sealing.close_poll(stores, "poll-1", OFFICER)
    at_close = count(stores)
    for thread in threads:
        thread.join()
    assert (count(stores), outcomes["refused"]) == (at_close, 6)
    assert outcomes["stored"] == at_close


@pytest.mark.postgresql
def test_closing_waits_for_a_ballot_half_written_and_holds_back_the_next(make_stores: MakeStores) -> None:
    stores = make_stores("postgresql")
    poll = open_poll(stores)
    outcomes: list[str] = []

    def cast() -> None:
        try:
            cast_ballot(stores.ballot_box, submission(), DAY)
            outcomes.append("stored")
        except PollClosed:
            outcomes.append("refused")

    closing = threading.Thread(target=sealing.close_poll, args=(stores, "poll-1", OFFICER))
    late = threading.Thread(target=cast)
    with stores.ballot_box.begin() as connection:
        half_written = casting._ballot_row(poll, submission(), "b01")
        assert connection.execute(casting._STORE, half_written).rowcount == 1
        closing.daemon = late.daemon = True
        closing.start()
        wait_for_waiting(stores.ballot_box, "ballot", 1)
        late.start()
        wait_for_waiting(stores.ballot_box, "ballot", 2)
    closing.join()
    late.join()
    assert (outcomes, count(stores)) == (["refused"], 1)


def test_a_close_that_broke_off_between_the_databases_is_completed_by_pressing_again(stores: Stores, tmp_path) -> None:
    open_poll(stores)
    with stores.ballot_box.begin() as connection:
        connection.execute(box_poll.update().values(state="closed"))
    assert poll_summary(stores, "poll-1").stored_state == "frozen"
    sealing.close_poll(stores, "poll-1", OFFICER)
    assert poll_summary(stores, "poll-1").stored_state == "closed"


def test_sealing_completes_a_close_that_broke_off(stores: Stores, tmp_path) -> None:
    open_poll(stores)
    with stores.ballot_box.begin() as connection:
        connection.execute(box_poll.update().values(state="closed"))
    sealing.seal_poll(stores, tmp_path, "poll-1", officer_name=OFFICER)
    assert poll_summary(stores, "poll-1").stored_state == "sealed"
    assert frozen_poll(stores.ballot_box, "poll-1").state == "sealed"
