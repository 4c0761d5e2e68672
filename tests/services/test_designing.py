"""From branches to units, from a draft to one frozen poll, whatever breaks in between."""

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from questionnaires.texts import Text
from survey_app.services import auditing, designing
from survey_app.services.casting import cast_ballot
from survey_app.services.draft_checks import draft_faults
from survey_app.services.errors import NoSuchPoll, NoSuchUnit, NotFreezable, PollIdTaken, UnitTooSmall
from survey_app.services.merging import Merge, _suggested
from survey_app.services.poll_facts import facts_document, facts_from
from survey_app.store.ballot_box import box_poll
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, Poll, PollUnit, PollUnitBranch, Version
from tests.databases import MakeStores, same_database
from tests.small_polls import DAY, FIRST, LAST, OFFICER, add_branches, draft, open_poll, questionnaire, submission


def test_a_frozen_poll_reads_the_same_from_the_ballot_box_alone(stores: Stores) -> None:
    made = open_poll(stores)
    other_worker = same_database(stores.ballot_box)
    read = designing.frozen_poll(other_worker, "poll-1")
    other_worker.dispose()
    assert read == made
    assert read.questionnaire == questionnaire()
    assert (read.units[0].branches, read.units[0].head_counts) == (("B01",), {"teacher": 100})
    assert read.facts("b02") == {"branch_members": 20, "unit": "b02"}
    with pytest.raises(NoSuchUnit):
        read.facts("b99")


def test_the_registry_lists_the_poll_with_its_units_and_the_audit_log_says_who(stores: Stores) -> None:
    made = open_poll(stores)
    (summary,) = designing.polls(stores)
    assert (summary.fingerprint, summary.n_eligible, summary.title) == (made.fingerprint, 120, made.title)
    assert summary == designing.poll_summary(stores, "poll-1")
    assert [(entry.officer_name, entry.action, entry.object_) for entry in auditing.entries(stores)] == [
        (OFFICER, "freeze_poll", "poll-1")
    ]


def test_freezing_the_same_draft_twice_makes_one_poll(stores: Stores) -> None:
    made = open_poll(stores)
    assert open_poll(stores) == made
    assert len(designing.polls(stores)) == len(auditing.entries(stores)) == 1


@pytest.mark.parametrize("change", [{"title": Text("另一项")}, {"way": "slip"}, {"last_day": LAST + timedelta(days=1)}])
def test_an_id_that_stands_for_another_poll_is_refused(stores: Stores, change: dict[str, object]) -> None:
    made = open_poll(stores)
    with pytest.raises(PollIdTaken) as caught:
        designing.freeze_poll(stores, draft(stores, **change), OFFICER, FIRST)
    assert "poll-1" in caught.value.sentences[0].zh
    assert designing.frozen_poll(stores.ballot_box, "poll-1") == made


def test_two_officers_freezing_at_once_make_one_poll(stores: Stores) -> None:
    add_branches(stores)
    start, results = threading.Barrier(8), []

    def freeze(title: str) -> None:
        wanted = draft(stores, title=Text(title))
        start.wait()
        try:
            results.append(designing.freeze_poll(stores, wanted, title, FIRST).title.zh)
        except PollIdTaken:
            results.append(None)

    threads = [threading.Thread(target=freeze, args=(f"{number % 2}",)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (poll,) = designing.polls(stores)
    assert sorted(results, key=str) == sorted([poll.title.zh] * 4 + [None] * 4, key=str)
    assert len(auditing.entries(stores)) == 1


def test_pressing_again_completes_a_freeze_that_broke_off_between_the_databases(stores: Stores) -> None:
    made = open_poll(stores)
    with Session(stores.registry) as session, session.begin():  # as if the process had died before the second database
        for table in (PollUnitBranch, PollUnit, Poll, Version):
            session.execute(delete(table))
    assert designing.polls(stores) == ()
    later = LAST + timedelta(days=3)  # even when the draft could not be frozen any more
    assert designing.freeze_poll(stores, draft(stores), OFFICER, later) == made
    assert [poll.poll_id for poll in designing.polls(stores)] == ["poll-1"]


def test_a_poll_is_answered_from_the_ballot_box_even_before_the_registry_knows_it(stores: Stores) -> None:
    open_poll(stores)
    with Session(stores.registry) as session, session.begin():
        for table in (PollUnitBranch, PollUnit, Poll):
            session.execute(delete(table))
    assert not cast_ballot(stores.ballot_box, submission(), DAY).repeated


def test_every_fault_of_a_draft_is_said_at_once_in_both_languages(stores: Stores) -> None:
    add_branches(stores)
    good = draft(stores)
    bad = replace(
        good,
        poll_id="Umfrage 1",
        first_day=LAST,
        last_day=FIRST,
        title=Text(" "),
        units=(replace(good.units[0], n_eligible=9), good.units[0]),
    )
    with pytest.raises(NotFreezable) as caught:
        designing.freeze_poll(stores, bad, OFFICER, LAST)
    assert len(caught.value.sentences) == 7
    assert all(sentence.zh and sentence.en for sentence in caught.value.sentences)
    with pytest.raises(NoSuchPoll):
        designing.frozen_poll(stores.ballot_box, "Umfrage 1")


def test_a_poll_without_units_or_with_promises_out_of_order_is_not_frozen(stores: Stores) -> None:
    add_branches(stores)
    good = draft(stores)
    early = replace(good.notice, results_by=FIRST, kept_until=FIRST - timedelta(days=1))
    assert len(draft_faults(replace(good, units=(), notice=early), FIRST)) == 3
    assert draft_faults(good, LAST) == ()
    assert len(draft_faults(good, LAST + timedelta(days=1))) == 1


def test_small_branches_of_one_kind_are_merged_under_a_name(stores: Stores) -> None:
    add_branches(stores, {"B01": 100, "B02": 4, "B03": 9})
    units = {unit.id: unit for unit in designing.reporting_units(stores)}
    merged = units["small-academic"]
    assert set(units) == {"b01", "small-academic"}
    assert (merged.n_eligible, merged.branches, merged.head_counts) == (13, ("B02", "B03"), {"teacher": 13})
    assert merged.name == Text("第B02分工会、第B03分工会", "B02, B03")


def test_single_small_branches_of_different_kinds_are_merged_together(stores: Stores) -> None:
    add_branches(stores, {"B22": 9}, "support")
    add_branches(stores, {"B23": 6, "B01": 50})
    (merged,) = [unit for unit in designing.reporting_units(stores) if unit.id != "b01"]
    assert (merged.id, merged.n_eligible, set(merged.branches)) == ("small-others", 15, {"B22", "B23"})


def test_a_unit_that_stays_below_ten_is_refused_with_a_sentence(stores: Stores) -> None:
    add_branches(stores, {"B01": 50, "B02": 9})
    with pytest.raises(UnitTooSmall) as caught:
        designing.reporting_units(stores)
    assert "9人" in caught.value.sentences[0].zh
    units = designing.reporting_units(stores, {"joined": Merge(Text("两个分工会"), ("B01", "B02"))})
    assert [(unit.id, unit.n_eligible) for unit in units] == [("joined", 59)]


def test_a_branch_in_two_merges_is_refused(stores: Stores) -> None:
    add_branches(stores)
    twice = {name: Merge(Text(name), ("B01",)) for name in ("one", "two")}
    with pytest.raises(UnitTooSmall) as caught:
        designing.reporting_units(stores, twice)
    assert "B01" in caught.value.sentences[0].zh


BRANCHES = st.lists(st.tuples(st.integers(1, 40), st.sampled_from(["academic", "support", "retired"])), max_size=12)


@given(BRANCHES)
def test_suggested_merges_hold_small_branches_once_and_never_mix_in_the_retired(given_branches) -> None:
    branches = [
        Branch(id=f"B{place}", name_zh=f"分{place}", name_en=None, unit_type=unit_type, members=members)
        for place, (members, unit_type) in enumerate(given_branches)
    ]
    by_id = {branch.id: branch for branch in branches}
    merges = _suggested(branches)
    merged = [branch_id for merge in merges.values() for branch_id in merge.branches]
    assert len(merged) == len(set(merged))
    assert all(by_id[branch_id].members < 10 for branch_id in merged)
    for merge in merges.values():
        retired = [by_id[branch_id].unit_type == "retired" for branch_id in merge.branches]
        assert all(retired) or not any(retired)


def test_where_a_poll_stands_follows_the_calendar_and_then_its_stored_state(stores: Stores) -> None:
    poll = open_poll(stores)
    summary = designing.poll_summary(stores, "poll-1")
    days = (FIRST - timedelta(days=1), FIRST, LAST, LAST + timedelta(days=1))
    for known in (poll, summary):
        assert [designing.state(known, day) for day in days] == ["not_open", "open", "open", "over"]
    assert designing.state(replace(poll, state="closed"), FIRST) == "closed"
    assert designing.state(replace(summary, stored_state="released"), FIRST) == "released"


def test_facts_of_a_poll_survive_their_document(make_stores: MakeStores) -> None:
    stores = make_stores("sqlite")
    add_branches(stores)
    wanted = draft(stores)
    assert facts_from(facts_document(wanted)) == (wanted.title, wanted.wave, wanted.notice, wanted.units)


def test_polls_of_one_version_share_it(stores: Stores) -> None:
    open_poll(stores, "poll-1")
    open_poll(stores, "poll-2")
    with Session(stores.registry) as session:
        assert session.scalar(select(func.count()).select_from(Version)) == 1
    with stores.ballot_box.connect() as connection:
        assert len(set(connection.scalars(select(box_poll.c.fingerprint)))) == 1
