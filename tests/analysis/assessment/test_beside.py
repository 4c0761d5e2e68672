"""What stands beside the scores: counts and rates of cases, awareness, areas, checks of the classes, by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.assessment import Assessment, Figure, assessment
from analysis.assessment.class_checks import disagrees, level_table, rank_tests
from analysis.assessment.figures import ClassCheck
from analysis.assessment.measures import Measure
from analysis.assessment.reasons import NO_DONT_KNOW, NOBODY, NOT_ASKED, TOO_FEW_ANSWERS
from analysis.comparison.comparisons import two_groups
from analysis.estimation.ratios import answer_share
from tests.analysis.assessment.simulated import demo_years, scheme
from tests.analysis.assessment.small_world import Answers, times, unit, year

HERE, RETIRED = unit("b01", 60), unit("b02", 40, "retired")
TOLD = {"a01": ["housing"], "a02": "housing", "a03": "housing", "a04": "housing"}


def told(number: int, how: str, **answers: str) -> list[Answers]:
    return times(number, **TOLD, a05=how, **answers)


NEEDS = [
    *told(3, "union_first", a06="yes_act", a07="solved", a08="d3", a09="s5"),
    *told(1, "union_first", a06="yes_act", a07="solved", a08="d10", a09="s4"),
    *told(2, "union_first", a06="yes_act", a07="partly", a08="d10", a09="s4"),
    *told(2, "i_told", a06="yes_act", a07="in_progress", a08="d30", a09="s3"),
    *told(2, "i_told", a06="no_act", a07="unsolved", a08="none", a09="s1"),
    *told(2, "relayed", a06="dk", a07="self_solved", a08="dk", a09="na"),
    *told(3, "not_known", a10="whom"),
    *told(1, "not_known", a10="worry"),
    *told(2, "dk"),
    *times(6, a01=["none"]),
]


def assessed(**polls: dict[str, list[Answers]]) -> Assessment:
    return assessment(year((HERE, RETIRED), **polls), None, scheme())


def shown(found: Assessment, name: str) -> float | None:
    return next(each.figure.value for each in found.unit("b01").shown if each.id == name)


def near(figure: Figure, value: float, base: int) -> bool:
    return figure.value == pytest.approx(value, abs=0.001) and figure.base == base


def test_cases_are_counted_as_they_were_told() -> None:
    cases = assessed(needs_annual={"b01": NEEDS}).unit("b01").cases
    assert (cases.met, cases.known, cases.acted) == (18, 12, 8)
    assert (cases.solved, cases.partly, cases.in_progress, cases.unsolved, cases.other_ways) == (4, 2, 2, 2, 2)
    assert [(each.id, each.count, each.share) for each in cases.silence] == [("whom", 3, 75.0), ("worry", 1, 25.0)]


def test_rates_of_cases_by_hand() -> None:
    cases = assessed(needs_annual={"b01": NEEDS}).unit("b01").cases
    assert near(cases.solved_rate, 100 * (4 + 1) / 10, 10)
    assert near(cases.lenient_rate, 100 * (4 + 1) / 8, 8)
    assert near(cases.acted_rate, 100 * 8 / 10, 10)
    assert near(cases.union_first, 100 * 6 / 12, 12)
    assert near(cases.unknown_rate, 100 * 4 / 16, 16)
    assert near(cases.first_reply, 100 * 6 / 10, 10)


def test_what_nobody_was_asked_has_no_figure_but_a_reason() -> None:
    found = assessed(needs_annual={"b01": NEEDS})
    assert found.unit("b01").cases.service_first.reason == NOT_ASKED
    assert found.unit("b02").cases.solved_rate.reason == NOBODY
    assert found.unit("b02").cases.met == 0
    assert assessed().unit("b01").cases.met is None
    assert assessed().unit("b01").cases.unknown_rate.reason == NOT_ASKED


def test_under_five_cases_there_is_a_count_and_no_rate() -> None:
    few = told(4, "i_told", a06="yes_act", a07="solved", a08="d3", a09="s5")
    cases = assessed(needs_annual={"b01": few + times(10, a01=["none"])}).unit("b01").cases
    assert (cases.solved, cases.solved_rate.value, cases.solved_rate.reason) == (4, None, TOO_FEW_ANSWERS)


def test_the_university_counts_those_in_service_alone() -> None:
    found = assessed(needs_annual={"b01": NEEDS, "b02": NEEDS})
    assert found.university.cases.known == 12
    assert found.university.cases.union_first.value == pytest.approx(50)


def test_the_lenient_rate_leaves_out_what_is_in_progress_in_every_questionnaire() -> None:
    brought = [*times(6, b04="yes_brought", b05="solved"), *times(4, b04="yes_brought", b05="in_progress")]
    solved = assessed(needs_annual={"b01": NEEDS}, staff_home_annual={"b01": brought}).unit("b01").dimension("q_solved")
    assert solved.figure.value == pytest.approx((0.5 * 50 + 0.3 * 60) / 0.8)
    assert solved.lenient is not None
    assert solved.lenient.value == pytest.approx((0.5 * 62.5 + 0.3 * 100) / 0.8, abs=0.001)


def test_awareness_is_the_share_of_answers_that_were_not_dont_know() -> None:
    sure = times(10, b11="a4", b12="a4", b13="a4")
    unsure = times(10, b11="a4", b12="a3", b13="na")
    blank = times(5, b11="a4")
    found = assessed(staff_home_annual={"b01": [*sure, *unsure, *blank]}).unit("b01")
    awareness = found.dimension("org_sound").awareness
    assert near(awareness, 100 * 55 / 65, 25)


def test_a_question_that_offers_no_dont_know_or_was_not_asked_has_no_awareness() -> None:
    found = assessed(needs_annual={"b01": NEEDS}).unit("b01")
    assert found.dimension("q_solved").awareness.reason == NO_DONT_KNOW
    assert found.dimension("q_satisfied").awareness.value == pytest.approx(100 * 10 / 12, abs=0.001)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
def test_a_share_of_several_answers_each_has_the_interval_of_its_people(pairs: list[tuple[int, int]]) -> None:
    counts = np.zeros((4, 4), np.int64)
    people = [(min(x, m), m) for x, m in pairs]
    for x, m in people:
        counts[x, m] += 1
    share, base, interval = answer_share(counts, population=100)
    answering = [(x, m) for x, m in people if m]
    assert base == len(answering)
    if share is None:
        assert not answering
        return
    given_answers = sum(m for _, m in answering)
    assert share == pytest.approx(sum(x for x, _ in answering) / given_answers)
    residuals = [(x - share * m) * base / given_answers for x, m in answering]
    if any(abs(each) > 1e-9 for each in residuals) and interval.low is not None and interval.high is not None:
        from scipy.stats import t

        half = t.ppf(0.975, base - 1) * np.sqrt((1 - base / 100) * np.var(residuals, ddof=1) / base)
        assert interval.low == pytest.approx(max(0, share - half), abs=1e-9)
        assert interval.high == pytest.approx(min(1, share + half), abs=1e-9)


def test_the_four_rights_and_the_gap_between_unit_and_university_by_hand() -> None:
    ballots = [
        *times(6, d02="a3", d03="a5", d04="a4", d15="yes_prop", d16="s5", d17="s3"),
        *times(6, d02="a2", d03="a4", d04="na", d15="no_prop"),
    ]
    found = assessed(congress_openness={"b01": ballots})
    assert shown(found, "right_to_know") == pytest.approx((6 * 75 + 6 * 50) / 12)
    assert shown(found, "know_university") == pytest.approx((6 * 50 + 6 * 25) / 12)
    assert shown(found, "know_gap") == pytest.approx(50)
    assert (shown(found, "proposal_attitude"), shown(found, "proposal_result")) == (100, 50)
    assert shown(found, "proposal_gap") == -50
    assert {each.group for each in found.unit("b01").shown} == {"rights", "congress", "services"}


def test_nothing_that_is_only_shown_moves_a_score() -> None:
    ballots = times(12, d02="a1", d03="a1", d04="a1")
    home = times(12, b01="s5", b02="f4", b03="a4", b11="a4", b12="a4", b13="a4")
    without = assessed(staff_home_annual={"b01": home}).unit("b01")
    with_rights = assessed(staff_home_annual={"b01": home}, congress_openness={"b01": ballots}).unit("b01")
    assert without.dimensions == with_rights.dimensions
    assert without.composite == with_rights.composite


@given(st.lists(st.lists(st.integers(0, 5), min_size=4, max_size=4), min_size=2, max_size=5))
def test_the_rank_test_of_a_unit_is_the_mann_whitney_test_of_its_answers_and_all_others(table: list[list[int]]) -> None:
    counts = np.array(table)
    for place, found in enumerate(rank_tests(counts)):
        own, others = (np.repeat(np.arange(4.0), row) for row in (counts[place], counts.sum(axis=0) - counts[place]))
        expected = two_groups(own, others)
        if found.p is None:
            assert expected.p is None
        else:
            assert found.superiority == pytest.approx(expected.superiority)
            assert found.p == pytest.approx(expected.p)


def test_levels_are_counted_unit_by_unit() -> None:
    ballots = {"b01": [*times(2, b11="a5", b12="a5"), *times(3, b11="a1", b12="a3", b13="a5"), *times(1, b11="a2")]}
    found = level_table(
        year((HERE, RETIRED), staff_home_annual=ballots),
        Measure("org_sound", "staff_home_annual", ("b11", "b12", "b13"), least=2),
    )
    assert found is not None
    assert found.tolist() == [[3, 2], [0, 0]]  # 3 at 50, 2 at 100; one answer alone is no score


def test_a_check_that_finds_nothing_does_not_contradict_a_class_but_one_that_leans_to_the_other_side_does() -> None:
    nothing = ClassCheck("not_distinguishable", 0.4, "not_distinguishable", 0.3, 0.53)
    assert not disagrees("above", nothing)
    assert disagrees("below", nothing)
    assert disagrees("above", ClassCheck("below", 0.01, None, None, None))
    assert not disagrees("not_distinguishable", nothing)


def test_every_class_has_its_checks_and_the_composite_no_order_of_single_answers() -> None:
    found = assessment(demo_years()[1], None, scheme())
    for each in (own for own in found.units if own.standing.label):
        assert each.standing.check.tested is not None
        assert each.standing.check.ordinal is None
        assert each.standing.check.reason
        for dimension in (own for own in each.dimensions if own.standing.label):
            assert dimension.standing.check.p_tested is not None, dimension.id
            assert dimension.standing.check.ordinal is not None, dimension.id


def test_the_composite_without_a_dimension_is_the_weighted_mean_of_the_others() -> None:
    found = assessment(demo_years()[1], None, scheme())
    stand = {each.id: each.figure.value for each in found.university.dimensions}
    for each in (own for own in found.units if own.weights):
        assert each.weights is not None
        values = {own.id: stand[own.id] if own.figure.value is None else own.figure.value for own in each.dimensions}
        weights = {own.id: own.weight for own in each.dimensions}
        for left in each.weights.without:
            others = {name: weight for name, weight in weights.items() if name != left.id}
            mean = sum(weight * (values[name] or 0) for name, weight in others.items()) / sum(others.values())
            assert left.value == pytest.approx(mean, abs=0.01)
            assert left.difference == pytest.approx(mean - (each.composite.value or 0), abs=0.01)
            assert left.changes_class == (left.id in each.weights.changes_without)
