"""The parts of the assessment against plain loops, against the means that R checked, and against sums done by hand."""

from dataclasses import replace

import numpy as np
import pytest

from analysis.assessment import Method, Records, UnitRecords, Veto, assessment
from analysis.assessment.answers import PollAnswers, asked, poll_answers
from analysis.assessment.changes import held_back
from analysis.assessment.classification import tiers_of
from analysis.assessment.contract import Change
from analysis.assessment.index import cases_known, inner_weights, outer_weights
from analysis.assessment.measures import layout
from analysis.assessment.poll_moments import poll_moments
from analysis.assessment.poll_table import poll_table
from analysis.assessment.strata import strata
from analysis.assessment.waves import wave_of
from analysis.estimation.design_means import design_mean
from tests.analysis.assessment.simulated import demo_years, scheme

PLAN = layout(scheme())
WAVE = wave_of(demo_years()[1], PLAN, scheme())
ASKED = asked(WAVE.year, "staff_home_annual", PLAN, scheme().method)
(HOME,) = poll_answers(WAVE.year, ASKED, PLAN, scheme().method, "trust_in_anonymity")
GROUPS = strata(WAVE.main, WAVE.year.units)
WEIGHT, CELL = (each[HOME.unit, HOME.category] for each in (GROUPS.weight, GROUPS.cell))


def place(measure: str) -> int:
    return [each.id for each in PLAN.measures].index(measure)


def base(**answers: int) -> np.ndarray:
    """One unit with 20 answers to every measure but those named (by the start of their id)."""
    counts = [next((n for name, n in answers.items() if each.id.startswith(name)), 20) for each in PLAN.measures]
    return np.array([counts])


def dimension(inner: np.ndarray, name: str) -> dict[str, float]:
    number = [each.id for each in PLAN.dimensions].index(name)
    return {
        each.id.partition(":")[0]: round(weight, 6)
        for each, weight in zip(PLAN.measures, inner[0, number], strict=True)
        if weight
    }


@pytest.mark.parametrize("measure", ["T1:staff_home_annual.b01", "S2:staff_home_annual.b05", "org_sound"])
def test_the_mean_and_variance_of_one_measure_are_those_of_the_survey_estimator(measure: str) -> None:
    row = ASKED.places.index(place(measure))
    for unit in range(len(WAVE.year.units)):
        here = HOME.unit == unit
        cells, codes = np.unique(CELL[here], return_inverse=True)
        heads = [float(WEIGHT[cell == CELL].sum()) for cell in cells]
        values = np.where(HOME.known[row], HOME.values[row], np.nan)[here]
        expected = design_mean(values, strata=codes, head_counts=heads, weights=WEIGHT[here], missing="domain")
        assert WAVE.counts.mean[unit, row] == pytest.approx(expected.mean or 0.0)
        if expected.standard_error is not None:
            assert WAVE.counts.own[unit, row, row] == pytest.approx(expected.standard_error**2)


def test_the_joint_linearisation_is_the_formula_written_out() -> None:
    weights = np.random.default_rng(3).random(len(ASKED.places))
    for unit in range(0, len(WAVE.year.units), 4):
        variance = 0.0
        here = np.flatnonzero(HOME.unit == unit)
        scores = np.zeros(HOME.n)
        for row, weight in enumerate(weights):
            total = sum(WEIGHT[i] for i in here if HOME.known[row, i])
            mean = sum(WEIGHT[i] * HOME.values[row, i] for i in here if HOME.known[row, i]) / total
            for i in here:
                if HOME.known[row, i]:
                    scores[i] += weight * WEIGHT[i] * (HOME.values[row, i] - mean) / total
        for cell in np.unique(CELL[here]):
            own = [i for i in here if CELL[i] == cell]
            n, heads = len(own), sum(WEIGHT[i] for i in own)
            centre = sum(scores[i] for i in own) / n
            variance += (1 - n / heads) * n / (n - 1) * sum((scores[i] - centre) ** 2 for i in own)
        assert weights @ WAVE.counts.own[unit] @ weights == pytest.approx(variance)


def test_a_change_does_without_the_finite_population() -> None:
    assert (np.diagonal(WAVE.counts.own_open, axis1=1, axis2=2) >= np.diagonal(WAVE.counts.own, axis1=1, axis2=2)).all()
    moments = poll_moments(WAVE.main, GROUPS, WAVE.year.units, finite=False)
    assert moments.own == pytest.approx(WAVE.counts.own_open)


def part(rows: np.ndarray) -> PollAnswers:
    fields = ("unit", "category", "age", "straight", "trust", "trust_known")
    own = {name: getattr(HOME, name)[rows] for name in fields}
    return PollAnswers(values=HOME.values[:, rows], known=HOME.known[:, rows], **own)


def test_the_tables_of_blocks_in_any_order_are_the_table_of_the_poll() -> None:
    order = np.random.default_rng(5).permutation(HOME.n)
    table = poll_table(ASKED, (part(rows) for rows in np.array_split(order, 7)))
    assert table.products == pytest.approx(WAVE.main.products, rel=1e-12)
    assert (table.n == WAVE.main.n).all()


def test_a_table_without_pressed_answers_is_that_of_the_others() -> None:
    flagged = np.arange(len(WAVE.year.units)) % 2 == 0
    kept = ~(HOME.straight & flagged[HOME.unit])
    assert 0 < kept.sum() < HOME.n
    expected = poll_table(ASKED, [part(kept)])
    assert WAVE.main.without_pressed(flagged).groups == pytest.approx(expected.groups)


def test_all_components_there_have_their_published_weights() -> None:
    inner, present = inner_weights(PLAN, base(), 5)
    assert present.all()
    assert dimension(inner, "q_proactive") == {"P1": 0.4, "P2": 0.2, "P3": 0.4}


def test_a_missing_component_leaves_its_weight_to_the_rest() -> None:
    inner, _ = inner_weights(PLAN, base(P3=4), 5)
    assert dimension(inner, "q_proactive") == pytest.approx({"P1": 2 / 3, "P2": 1 / 3}, abs=1e-6)


def test_a_question_with_less_than_half_its_weight_is_not_assessable() -> None:
    _, present = inner_weights(PLAN, base(S1=4, S3=0), 5)
    numbers = {each.id: number for number, each in enumerate(PLAN.dimensions)}
    assert not present[0, numbers["q_solved"]]
    assert present[0, numbers["q_proactive"]]


def test_cases_of_several_questionnaires_are_never_added() -> None:
    assert cases_known(PLAN, base(S1=14, S2=9, S3=3)).tolist() == [14]


def test_outer_weights_are_the_published_ones_and_stay_within_their_half() -> None:
    published = np.array([each.weight for each in PLAN.dimensions])
    assert published.sum() == pytest.approx(1)
    assert published.tolist() == pytest.approx([0.15, 0.20, 0.15, 0.075, 0.10, 0.075, 0.10, 0.05, 0.10])
    present = np.ones((1, 9), bool)
    present[0, 1] = False
    without = outer_weights(PLAN, present, published)[0]
    assert without[:3].tolist() == pytest.approx([0.25, 0.0, 0.25])
    assert without[3:].tolist() == pytest.approx(published[3:].tolist())


def test_the_composite_of_a_unit_is_the_weighted_sum_of_what_is_shown() -> None:
    found = assessment(demo_years()[1], None, scheme())
    for unit in found.units:
        stand = {each.id: each.figure.value for each in found.university.dimensions}
        values = [each.figure.value if each.figure.value is not None else stand[each.id] for each in unit.dimensions]
        assert None not in values
        weights = [each.weight for each in unit.dimensions]
        if unit.composite.value is not None:
            assert unit.composite.value == pytest.approx(np.dot(weights, values), abs=0.01)  # type: ignore[arg-type]


def test_the_staff_voice_takes_the_shrunk_s_by_hand() -> None:
    found = assessment(demo_years()[1], None, scheme())
    medicine, university = found.unit("b15"), {each.id: each.figure.value for each in found.university.dimensions}
    solved = medicine.dimension("q_solved")
    star = (solved.cases * solved.figure.value + 10 * university["q_solved"]) / (solved.cases + 10)  # type: ignore[operator]
    assert solved.shrunk_to_university == pytest.approx(star, abs=0.01)
    voice = medicine.composite.value + 0.20 * (star - solved.figure.value)  # type: ignore[operator]
    assert medicine.staff_voice.value == pytest.approx(voice, abs=0.01)


def test_units_that_share_a_tier_cannot_be_told_apart_and_every_unit_has_one() -> None:
    means = np.array([90.0, 80.0, 79.0, 70.0])
    apart = np.abs(means[:, None] - means[None, :]) > 9.5
    assert tiers_of(means, apart) == ((1,), (2,), (2, 3), (3,))


def test_a_finding_of_a_flagged_unit_holds_only_if_it_holds_without_the_pressed_answers() -> None:
    improved = Change(difference=9.0, p=0.001, label="improved", as_answered="improved")
    nothing = replace(improved, label="no_clear_change")
    assert held_back(improved, improved) == improved
    assert held_back(improved, nothing).label == "no_clear_change"
    assert held_back(improved, nothing).as_answered == "improved"
    assert held_back(nothing, improved) == nothing


def test_evidence_and_a_veto_enter_apart_from_the_scores() -> None:
    records = Records({"b09": UnitRecords(evidence=50.0, vetoes=(Veto("没有按期换届", "2026-10-01"),))})
    plain, entered = (assessment(demo_years()[1], None, scheme(), each).unit("b09") for each in (None, records))
    assert plain.total.value == plain.staff_voice.value
    assert plain.total.reason
    assert entered.total.value == pytest.approx(0.7 * (plain.staff_voice.value or 0) + 15, abs=0.01)
    assert (plain.band, entered.band) == ("model", "below_qualified")
    assert entered.staff_voice == plain.staff_voice


def test_a_ledger_far_above_what_staff_report_asks_for_a_look_at_the_records() -> None:
    records = Records({"b15": UnitRecords(ledger_cases=30, ledger_solved=0.95)})
    found = assessment(demo_years()[1], None, scheme(), records).unit("b15")
    assert found.ledger_gap == pytest.approx((found.dimension("q_solved").figure.value or 0) - 95, abs=0.01)
    assert "records" in found.notes


def test_a_larger_smallest_difference_gives_fewer_classes() -> None:
    def classed(method: Method) -> int:
        units = assessment(demo_years()[1], None, replace(scheme(), method=method)).units
        return sum(each.standing.label in ("above", "below") for each in units)

    assert classed(Method(smallest_difference=8.0)) < classed(Method())
