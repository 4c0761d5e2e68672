"""The gate: nothing about 1 to 4 people leaves it, not even by subtraction; and what nobody said gives no crash."""

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.disclosure.released import EVERYBODY, POOL, Released
from analysis.disclosure.suppression import hidden_cells, row_plan
from tests.analysis.worlds import (
    needs,
    random_ballots,
    released,
    staff_home,
    stored,
    unit,
    usual_world,
)

sizes = st.lists(st.tuples(st.integers(0, 14), st.booleans()), min_size=1, max_size=8)


def world(case, seed, questionnaire=None, comments=None):
    questionnaire = questionnaire or (staff_home() if seed % 2 else needs())
    counts = {f"B{place:02}": n for place, (n, _) in enumerate(case)}
    units = [
        unit(f"B{place:02}", n + 10, "retired" if retired else "academic") for place, (n, retired) in enumerate(case)
    ]
    return released(questionnaire, units, random_ballots(questionnaire, counts, seed), comments)


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 9999))
def test_no_figure_with_a_base_of_one_to_four_is_ever_released(case, seed):
    result = world(case, seed)
    for figure in (*result.item_figures, *result.criterion_figures, *result.distributions):
        assert figure.base is None or figure.base == 0 or figure.base >= 5
        if figure.withheld:
            shown = [
                name
                for name in ("mean", "top_two_box_percent", "share_percent", "score", "mean_low", "low")
                if getattr(figure, name, None) is not None
            ]
            assert not shown
    for each in result.units:
        assert each.n_responding is None or each.n_responding == 0 or each.n_responding >= 5


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 9999))
def test_what_the_total_hides_is_never_a_group_of_one_to_four(case, seed):
    result = world(case, seed)
    parts = [each.id for each in result.units if each.unit_type not in ("all", "retired")]
    for item in result.items:
        total = result.item_figure(EVERYBODY, item.column)
        planned = [figure for figure in result.item_figures if figure.column == item.column and figure.unit in parts]
        if total.base is None or not planned:
            continue
        rest = total.base - sum(figure.base or 0 for figure in planned)
        assert rest == 0 or rest >= 5


@settings(max_examples=40, deadline=None)
@given(sizes, st.integers(0, 9999))
def test_what_the_number_of_respondents_hides_is_never_one_to_four(case, seed):
    result = world(case, seed)
    shown = sum(
        each.n_responding or 0
        for each in result.units
        if each.unit_type not in ("all", "retired", "pool") and each.n_responding
    )
    rest = result.unit(EVERYBODY).n_responding - shown
    assert rest == 0 or rest >= 5


@settings(max_examples=20, deadline=None)
@given(sizes, st.integers(0, 9999), st.randoms(use_true_random=False))
def test_the_same_ballots_in_any_order_give_the_same_bytes(case, seed, dice):
    questionnaire = staff_home() if seed % 2 else needs()
    counts = {f"B{place:02}": n for place, (n, _) in enumerate(case)}
    units = [unit(name, 20) for name in counts]
    ballots = random_ballots(questionnaire, counts, seed)
    first = released(questionnaire, units, ballots).to_json()
    dice.shuffle(ballots)
    assert released(questionnaire, units, ballots).to_json() == first


@given(st.dictionaries(st.text("AB", min_size=1, max_size=3), st.integers(0, 12), max_size=7))
def test_hidden_cells_hide_a_group_of_five_or_everything(bases):
    hidden = hidden_cells(bases, 5)
    assert all(name in hidden for name, base in bases.items() if 0 < base < 5)
    rest = sum(bases[name] for name in hidden)
    everything = hidden == {name for name, base in bases.items() if base}
    assert not hidden or everything or (rest >= 5 and len(hidden) >= 2)


def test_the_document_goes_to_json_and_back_unchanged():
    for questionnaire in (staff_home(), needs()):
        result = usual_world(questionnaire)
        assert Released.from_json(result.to_json()) == result
        assert Released.from_json(result.to_json()).to_json() == result.to_json()


@pytest.mark.parametrize(
    "change", [{"format": "other/1"}, {"surprise": 1}, {"units": [{"id": "x", "withheld": "maybe"}]}]
)
def test_a_document_of_another_shape_is_refused(change):
    document = json.loads(usual_world(staff_home()).to_json()) | change
    with pytest.raises((ValueError, TypeError)):
        Released.from_json(json.dumps(document).encode())


def test_small_units_are_pooled_when_together_they_are_enough():
    result = usual_world(staff_home())
    assert result.unit("B05").n_responding is None
    assert result.unit("B05").pooled_into == POOL
    assert result.unit(POOL).n_responding == 7
    assert result.unit(EVERYBODY).n_responding == 60 + 25 + 40 + 12 + 7
    assert result.item_figure("B05", "b01").withheld == "too_few"
    assert result.item_figure(POOL, "b01").unit == POOL


def test_one_small_unit_is_left_out_of_the_total_and_the_total_says_so():
    questionnaire = staff_home()
    counts = {"B01": 30, "B02": 12, "B03": 3}
    result = released(questionnaire, [unit(name, 40) for name in counts], random_ballots(questionnaire, counts))
    assert result.unit(EVERYBODY).n_responding == 42
    assert result.unit(EVERYBODY).n_eligible == 80
    assert "total_leaves_units_out" in result.unit(EVERYBODY).notes
    assert "left_out_of_total" in result.unit("B03").notes
    shown = sum(result.item_figure(name, "b01").base for name in ("B01", "B02"))
    assert result.item_figure(EVERYBODY, "b01").base == shown


def test_retired_members_stand_apart_from_the_total():
    result = usual_world(staff_home())
    assert result.unit("B24").notes == ("apart",)
    assert result.unit("B24").n_responding == 30
    assert result.item_figure("B24", "b01").base
    assert result.units[-1].id == "B24"


def test_the_smallest_shown_cell_hides_with_a_single_small_one():
    assert hidden_cells({"a": 40, "b": 3, "c": 7, "d": 9}, 5) == {"b", "c"}
    assert hidden_cells({"a": 40, "b": 2, "c": 2, "d": 9}, 5) == {"b", "c", "d"}
    assert hidden_cells({"a": 40, "b": 3, "c": 4, "d": 9}, 5) == {"b", "c"}
    assert hidden_cells({"a": 40, "b": 0}, 5) == frozenset()


def test_an_empty_poll_says_that_nobody_answered():
    result = released(staff_home(), [unit("B01", 20), unit("B24", 30, "retired")], [])
    assert [each.withheld for each in result.units] == ["no_answers"] * 3
    assert result.item_figures == ()
    assert result.item_figure("B01", "b01").withheld == "no_answers"
    assert {each.withheld for each in result.criteria("B01")} == {"no_answers"}
    assert result.distributions == ()


def test_a_poll_with_one_respondent_shows_nothing():
    questionnaire = staff_home()
    result = released(questionnaire, [unit("B01", 20), unit("B02", 20)], random_ballots(questionnaire, {"B01": 1}))
    assert result.unit("B01").n_responding is None
    assert result.unit(EVERYBODY).n_responding == 0
    assert result.item_figures == ()


def test_all_dont_know_is_a_finding_and_not_a_crash():
    questionnaire = staff_home()
    answers = dict.fromkeys(("b01", "b11", "b12", "b13"), 5)
    result = released(questionnaire, [unit("B01", 20)], [("B01", stored(questionnaire, answers))] * 8)
    figure = result.item_figure("B01", "b01")
    assert (figure.base, figure.mean, figure.dont_know_percent, figure.withheld) == (0, None, 100, "no_answers")
    assert result.criteria("B01")[0].withheld == "no_answers"


def test_more_answers_than_heads_leaves_the_correction_out_and_says_so():
    questionnaire = staff_home()
    ballots = random_ballots(questionnaire, {"B01": 60})
    few, many = (released(questionnaire, [unit("B01", heads)], ballots) for heads in (40, 1_000_000))
    assert "more_answers_than_eligible" in few.unit("B01").notes
    assert few.unit("B01").response_percent is None
    assert few.item_figure("B01", "b01") == many.item_figure("B01", "b01")


def test_a_unit_without_a_head_count_says_so():
    questionnaire = staff_home()
    result = released(questionnaire, [unit("B01", 0)], random_ballots(questionnaire, {"B01": 6}))
    assert result.unit("B01").notes == ("no_head_count",)
    assert result.item_figure("B01", "b36").base


def test_the_interval_knows_how_large_the_unit_is():
    questionnaire = staff_home()
    ballots = random_ballots(questionnaire, {"B01": 60})
    widths = []
    for heads in (60, 70, 600):
        figure = released(questionnaire, [unit("B01", heads)], ballots).item_figure("B01", "b01")
        widths.append(figure.top_two_box_high - figure.top_two_box_low)
    assert widths[0] <= 1 < widths[1] < widths[2]


def test_six_criteria_appear_only_where_their_items_are_asked():
    assert [each.id for each in usual_world(staff_home()).criteria_list] == [
        "org_sound",
        "rights_upheld",
        "work_lively",
        "effect_evident",
        "valued_by_party_admin",
        "trusted_by_staff",
    ]
    assert usual_world(needs()).criteria(EVERYBODY) == ()


def test_outcomes_earn_their_credit():
    questionnaire = staff_home()
    codes = {choice.id: code for code, choice in enumerate(questionnaire.item("b05").choices)}
    outcomes = ["solved"] * 5 + ["partly"] * 2 + ["no_reply"] * 3
    ballots = [("B01", stored(questionnaire, {"b04": 0, "b05": codes[each]})) for each in outcomes]
    figure = released(questionnaire, [unit("B01", 20)], ballots).item_figure("B01", "b05")
    assert (figure.base, figure.mean, figure.top_two_box_percent) == (10, 60, 50)


def test_options_are_shares_of_those_who_answered():
    questionnaire = needs()
    item = questionnaire.item("a01")
    bit = {choice.id: 1 << code for code, choice in enumerate(item.choices)}
    masks = (
        [bit["housing"] | bit["workload"]] * 6
        + [bit["workload"]] * 2
        + [bit["none"]] * 2
        + [bit["pnts"]] * 5
        + [-1] * 4
    )
    result = released(
        questionnaire, [unit("B01", 40)], [("B01", stored(questionnaire, {"a01": mask})) for mask in masks]
    )
    assert [result.item_figure("ALL", f"a01.{name}").share_percent for name in ("housing", "workload", "none")] == [
        60,
        80,
        20,
    ]
    assert result.item_figure("ALL", "a01.housing").base == 10
    assert "a01.pnts" not in result


def test_an_option_that_hardly_anybody_chose_is_not_broken_down():
    questionnaire = needs()
    bit = {choice.id: 1 << code for code, choice in enumerate(questionnaire.item("a01").choices)}
    ballots = [(name, stored(questionnaire, {"a01": bit["workload"]})) for name in ("B01", "B02") for _ in range(9)]
    ballots += [("B01", stored(questionnaire, {"a01": bit["hardship"]}))] * 2
    result = released(questionnaire, [unit("B01", 40), unit("B02", 40)], ballots)
    assert result.item_figure("ALL", "a01.hardship").share_percent == 10
    assert result.item_figure("B01", "a01.hardship").withheld == "not_shown_by_rule"
    assert result.item_figure("B01", "a01.workload").share_percent == 82


def test_single_answers_are_spread_out_for_everybody_only():
    result = usual_world(needs())
    assert result.item_figure("ALL", "a04.housing").share_percent is not None
    assert result.item_figure("B01", "a04.housing").withheld == "not_shown_by_rule"
    assert result.item_figure("B24", "a04.housing").withheld == "not_shown_by_rule"


def test_a_small_staff_category_hides_the_whole_distribution_of_a_personal_item():
    questionnaire = staff_home()
    ballots = [("B01", stored(questionnaire, {"dem_category": code})) for code in [0] * 20 + [1] * 12 + [2] * 3]
    result = released(questionnaire, [unit("B01", 60)], ballots)
    assert result.distribution("dem_category").withheld == "not_shown_by_rule"
    assert result.item_figure("B01", "dem_category").withheld == "not_shown_by_rule"
    whole = released(questionnaire, [unit("B01", 60)], ballots[:32])
    assert [entry.n for entry in whole.distribution("dem_category").entries][:3] == [20, 12, 0]


def test_comments_are_counted_from_ten_on():
    comments = {("B01", "b34"): 14, ("B02", "b34"): 11, ("B03", "b34"): 3, ("B01", "b35"): 9}
    questionnaire = staff_home()
    counts = {"B01": 30, "B02": 30, "B03": 30}
    result = released(
        questionnaire, [unit(name, 60) for name in counts], random_ballots(questionnaire, counts), comments
    )
    assert result.comment_count(EVERYBODY, "b34").n == 28
    assert result.comment_count("B01", "b34").n == 14
    assert result.comment_count("B03", "b34").n is None
    assert result.comment_count("B02", "b34").withheld == "not_shown_by_rule"
    assert result.comment_count(EVERYBODY, "b35").n is None


def test_every_figure_is_whole_and_inside_its_interval():
    dice = random.Random(4)
    for questionnaire in (staff_home(), needs()):
        result = usual_world(questionnaire, seed=dice.randrange(1000))
        for figure in result.item_figures:
            for value, low, high in (
                (figure.mean, figure.mean_low, figure.mean_high),
                (figure.top_two_box_percent, figure.top_two_box_low, figure.top_two_box_high),
                (figure.share_percent, figure.share_low, figure.share_high),
            ):
                if value is not None and low is not None:
                    assert -100 <= low <= value <= high <= 100


def test_a_plan_of_retired_units_alone_has_an_empty_total():
    plan = row_plan([unit("B24", 40, "retired")], [20], 5)
    assert plan.total is None
    assert [row.id for row in plan.apart] == ["B24"]
