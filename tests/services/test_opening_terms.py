"""Opening a term: pressed twice, by two officers, while the roster changes; and how its keys are made."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from survey_app.services import auditing
from survey_app.services.errors import Refusal, TermIsOpen, TermNotOpenable
from survey_app.services.terms import open_term, opening_seconds, term, terms
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, RosterMember, Term
from tests.small_polls import OFFICER
from tests.small_terms import COLLECTING, SECRET, small_university, wanted


def at_once(*calls: Callable[[], object]) -> list[object]:
    """What each call gave or raised; all begin together."""
    barrier = threading.Barrier(len(calls))

    def run(call: Callable[[], object]) -> object:
        barrier.wait()
        try:
            return call()
        except Refusal as refusal:
            return refusal

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def test_a_term_that_is_wanted_twice_at_once_is_opened_once_with_one_set_of_keys(stores: Stores) -> None:
    small_university(stores)
    made: list[int] = []

    def press() -> object:
        return open_term(stores, SECRET, wanted(slots=12), OFFICER, lambda _n, of: made.append(of))

    answers = at_once(press, press, press)
    assert answers == [term(stores)] * 3
    assert len(made) == 24
    assert len([entry for entry in auditing.entries(stores) if entry.action == "open_term"]) == 1


def test_of_two_terms_wanted_at_once_one_is_opened_and_the_other_officer_is_told(stores: Stores) -> None:
    small_university(stores)
    whole, part = wanted(slots=12), wanted(slots=12, left_out=("B02",))
    answers = at_once(*(partial(open_term, stores, SECRET, one, OFFICER) for one in (whole, part)))
    (refused,) = [one for one in answers if isinstance(one, TermIsOpen)]
    assert term(stores) in answers
    assert "“2026”已经开设" in refused.sentences[0].zh


def test_a_term_that_another_process_opened_while_the_keys_were_made_is_told(stores: Stores) -> None:
    small_university(stores)

    def faster(done: int, _of: int) -> None:
        if done == 1:
            days = {"collect_first_day": COLLECTING, "collect_last_day": COLLECTING}
            with Session(stores.registry) as session, session.begin():
                session.add(Term(id="other", title_zh="另一年", title_en=None, state="open", **days))

    with pytest.raises(TermIsOpen) as refused:
        open_term(stores, SECRET, wanted(), OFFICER, faster)
    assert refused.value.sentences[0].zh.startswith("“other”已经开设")
    assert [one.id for one in terms(stores)] == ["other"]


@pytest.mark.parametrize("change", [{"name_zh": "改了名"}, {"unit_type": "office"}])
def test_units_that_change_while_the_keys_are_made_are_looked_at_again(stores: Stores, change: dict[str, str]) -> None:
    small_university(stores)

    def meanwhile(done: int, _of: int) -> None:
        if done == 1:  # nothing is held while keys are made: this does not wait
            with stores.registry.begin() as connection:
                connection.execute(update(Branch).where(Branch.id == "B01").values(change))

    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(), OFFICER, meanwhile)
    assert terms(stores) == ()
    assert open_term(stores, SECRET, wanted(), OFFICER).state == "open"


def test_members_who_changed_units_while_the_keys_were_made_are_counted_again(stores: Stores) -> None:
    small_university(stores)

    def meanwhile(done: int, _of: int) -> None:
        if done == 1:
            with stores.registry.begin() as connection:
                moved = update(RosterMember).where(RosterMember.staff_number == "b01-003").values(branch_id="B02")
                connection.execute(moved)

    with pytest.raises(TermNotOpenable):
        open_term(stores, SECRET, wanted(), OFFICER, meanwhile)
    opened = open_term(stores, SECRET, wanted(), OFFICER)
    assert [unit.n_eligible for unit in opened.units] == [23, 12]


@pytest.mark.parametrize(("cores", "workers"), [(1, 1), (2, 2), (64, 4)])
def test_keys_are_made_by_all_cores_but_never_by_more_than_four_threads(
    stores: Stores, monkeypatch: pytest.MonkeyPatch, cores: int, workers: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    small_university(stores)
    seen: set[str] = set()

    def look(_done: int, _of: int) -> None:
        seen.update(thread.name for thread in threading.enumerate() if thread.name.startswith("term-key"))

    open_term(stores, SECRET, wanted(slots=6), OFFICER, look)
    assert len(seen) == workers
    assert opening_seconds(24) == pytest.approx(24 * 12 * 0.033 / workers)
