"""The plan of what will be published: made once, when a poll is frozen, and the one that is read and kept to from then on."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.disclosure.plan import PublicationPlan
from analysis.disclosure.planning import frozen_plan
from analysis.frame import UnreadableBox, library_scoring, poll_of
from analysis.releasing import released_box
from questionnaires.library import load
from questionnaires.versions import publish_variant
from survey_app.services import reporting, sealing
from survey_app.services.casting import cast_ballot
from survey_app.services.designing import freeze_poll, frozen_poll
from survey_app.services.publication_plan import plan_of, planned
from survey_app.store.engines import Stores
from tests.databases import MakeStores
from tests.small_polls import DAY, FIRST, OFFICER, add_branches, draft, open_poll, submission


@pytest.fixture
def stores(make_stores: MakeStores) -> Stores:
    return make_stores("sqlite")


def sealed(stores: Stores, folder: Path, ballots: int = 9) -> Path:
    for _ in range(ballots):
        cast_ballot(stores.ballot_box, submission("b01"), DAY)
    sealing.close_poll(stores, "poll-1", OFFICER)
    return sealing.seal_poll(stores, folder, "poll-1").path


def test_officer_staff_and_gate_read_one_plan(stores: Stores, tmp_path: Path) -> None:
    add_branches(stores)
    wanted = draft(stores, questionnaire=publish_variant(load("staff_home_annual")))
    before = planned(wanted)
    poll = freeze_poll(stores, wanted, OFFICER, FIRST)
    assert plan_of(poll) == before
    box = sealed(stores, tmp_path, ballots=0)
    assert frozen_plan(poll_of(box), library_scoring()) == before
    assert poll_of(box).plan == json.loads(before.to_json())
    assert [unit.id for unit in before.units] == ["b01", "b02"]
    assert (before.rules.minimum_base, before.rules.text_base, before.full_base, before.assessed_from) == (
        5,
        10,
        20,
        10,
    )


def test_the_plan_is_that_of_the_day_of_freezing(
    stores: Stores, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        columns = ("q1", "q6")
        older.setattr("analysis.disclosure.planning.released_items", lambda *told: _only(columns, *told))
        open_poll(stores)
    assert [column.column for column in plan_of(frozen_poll(stores.ballot_box, "poll-1")).columns] == ["q1", "q6"]
    sealed(stores, tmp_path)
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    assert [item.column for item in released.items] == ["q1", "q6"]
    assert {figure.column for figure in released.item_figures} <= {"q1", "q6"}
    assert released.item_figure("ALL", "q1").base == 9


def test_a_box_from_before_plans_were_kept_releases_the_same(stores: Stores, tmp_path: Path) -> None:
    open_poll(stores)
    poll = poll_of(sealed(stores, tmp_path))
    assert poll.plan is not None
    older = replace(poll, plan=None)
    assert frozen_plan(older, library_scoring()) == frozen_plan(poll, library_scoring())
    assert released_box(older, library_scoring()).to_json() == released_box(poll, library_scoring()).to_json()


@pytest.mark.parametrize(
    "change",
    [
        {"format": "another"},
        {"units": []},
        {"attributes": [{"item": "q1", "label": {"zh": "一", "en": None}, "choices": [], "least": 20}]},
        {"rules": {"minimum_base": 1, "text_base": 10}},
        {"rules": {"minimum_base": 5, "text_base": "10"}},
        {"columns": 7},
        {"full_base": "many"},
        {"full_base": float("nan")},
        {"columns": [{"column": [], "label": {"zh": "一", "en": None}, "measure": "score", "levels": []}]},
        {"surprise": 1},
    ],
)
def test_a_plan_that_cannot_be_is_refused(stores: Stores, tmp_path: Path, change: dict[str, object]) -> None:
    open_poll(stores)
    box = sealed(stores, tmp_path, ballots=0)
    with closing(sqlite3.connect(box)) as database, database:
        facts = json.loads(database.execute("SELECT facts FROM poll").fetchone()[0])
        facts["plan"] |= change
        database.execute("UPDATE poll SET facts = ?", (json.dumps(facts).encode(),))
    with pytest.raises(UnreadableBox, match="publication plan"):
        released_box(poll_of(box), library_scoring())


def test_a_plan_is_read_again_as_it_was_written(stores: Stores) -> None:
    plan = plan_of(open_poll(stores))
    assert PublicationPlan.from_json(plan.to_json()) == plan
    assert plan.assessed_from is None
    assert plan.has_comments


def _only(columns: tuple[str, ...], *told: object) -> tuple[object, ...]:
    from analysis.disclosure.released_items import released_items

    return tuple(each for each in released_items(*told) if each.column in columns)  # type: ignore[arg-type]
