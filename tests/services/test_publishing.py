"""What is suggested for a poll, and how a draft is put together."""

from datetime import date

import pytest

from questionnaires.library import load
from questionnaires.texts import Text
from questionnaires.versions import Unpublishable
from survey_app.services import publishing
from survey_app.services.designing import Merge, freeze_poll
from survey_app.services.errors import UnitTooSmall
from survey_app.services.publishing import Switches, Wanted
from survey_app.store.engines import Stores
from tests.small_polls import add_branches, draft


@pytest.fixture
def kind() -> str:
    return "sqlite"


def wanted(stores: Stores, **changes: object) -> Wanted:
    model = draft(stores) if "notice" not in changes else None
    facts = {
        "poll_id": "home-2026",
        "title": Text("评议"),
        "wave": "2026",
        "way": "slip",
        "first_day": date(2026, 11, 2),
        "last_day": date(2026, 11, 20),
        "notice": model.notice if model else None,
        "switches": Switches(personal_items=("dem_category",)),
        "merges": {},
    }
    return Wanted(**(facts | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sizes", "suggested"),
    [([15, 22, 128], ("dem_category", "dem_age")), ([30], ("dem_category", "dem_age")), ([29, 10], ()), ([], ())],
)
def test_personal_items_are_suggested_only_where_some_unit_is_large_enough(
    sizes: list[int], suggested: tuple[str, ...]
) -> None:
    assert publishing.suggested_personal_items(load("staff_home_annual"), sizes) == suggested


def test_a_questionnaire_without_personal_items_gets_none() -> None:
    assert publishing.suggested_personal_items(load("desk_micro"), [500]) == ()


def test_each_personal_item_knows_its_floor() -> None:
    questionnaire = load("staff_home_annual")
    assert publishing.smallest_unit_asked(questionnaire, "dem_category") == 30
    assert publishing.smallest_unit_asked(questionnaire, "dem_contract") == 60


def test_a_free_id_steps_aside_for_polls_that_exist(stores: Stores) -> None:
    add_branches(stores)
    assert publishing.free_poll_id(stores, "staff_home_annual", "2026") == "staff-home-2026"
    freeze_poll(stores, draft(stores, "staff-home-2026"), "zhou", date(2026, 11, 2))
    assert publishing.free_poll_id(stores, "staff_home_annual", "2026") == "staff-home-2026-2"
    assert len(publishing.free_poll_id(stores, "a_very_long_name_of_a_questionnaire", "2026")) <= 32


def test_a_draft_holds_the_variant_and_the_units_that_were_chosen(stores: Stores) -> None:
    add_branches(stores, {"B01": 100, "B02": 9, "B03": 8, "B04": 50})
    merges = {"small": Merge(Text("小单位"), ("B02", "B03"))}
    made = publishing.draft_of(stores, load("staff_home_annual"), wanted_with(stores, merges=merges, left_out=("B04",)))
    assert [(unit.id, unit.n_eligible) for unit in made.units] == [("b01", 100), ("small", 17)]
    assert made.questionnaire.personal_items == ("dem_category",)


def wanted_with(stores: Stores, **changes: object) -> Wanted:
    from survey_app.services.designing import Notice

    notice = Notice(Text("工会"), Text("了解"), Text("电话"), date(2026, 12, 1), date(2027, 12, 1))
    return wanted(stores, notice=notice, **changes)


def test_a_unit_under_ten_is_refused_with_a_sentence(stores: Stores) -> None:
    add_branches(stores, {"B01": 100, "B02": 9})
    with pytest.raises(UnitTooSmall) as refused:
        publishing.draft_of(stores, load("staff_home_annual"), wanted_with(stores))
    assert "9人" in refused.value.sentences[0].zh


def test_unfilled_placeholders_are_refused(stores: Stores) -> None:
    add_branches(stores)
    with pytest.raises(Unpublishable):
        publishing.draft_of(stores, load("quick_poll"), wanted_with(stores, switches=Switches()))
