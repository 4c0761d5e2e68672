"""Classes and rank ranges: their laws, and what they say of units too few. The numbers of R are in tests/oracles."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.units.classes import contrast_tests, surest, unit_classes
from analysis.units.pooling import joint_draws, posterior
from analysis.units.rank_sets import (
    RankRange,
    drawn_expected_ranks,
    expected_ranks,
    holm_rank_sets,
    largest_t_rank_sets,
    rank_intervals,
    ranks,
)

FIGURES = [50.0, 58, 60, 61, 75, 62, 60, 59]
VARIANCES = [9.0, 4, 25, 4, 4, 1, 6, 6]
HEADS = [30, 80, 12, 60, 45, 400, 20, 25]


def test_the_closed_form_agrees_with_joint_draws():
    fit = posterior(FIGURES, VARIANCES, [80 / n for n in HEADS])
    draws, heads = joint_draws(fit, 200_000), np.array(HEADS)
    others = heads.sum() - heads
    contrasts = draws - ((draws @ heads)[:, None] - draws * heads) / others
    for unit, drawn in zip(unit_classes(fit, HEADS), contrasts.T, strict=True):
        assert unit.contrast == pytest.approx(drawn.mean(), abs=0.05)
        assert unit.sd == pytest.approx(drawn.std(), rel=0.02)
        assert unit.probability_above == pytest.approx((drawn > 2.5).mean(), abs=0.006)
        assert unit.probability_below == pytest.approx((drawn < -2.5).mean(), abs=0.006)


def test_far_units_are_named_and_the_middle_is_not_told_apart():
    labels = [unit.label for unit in unit_classes(posterior(FIGURES, VARIANCES), HEADS)]
    assert (labels[0], labels[4]) == ("below", "above")
    assert set(labels[1:4]) == {"not_distinguishable"}


def test_a_difference_too_small_to_matter_gets_no_class_however_sure_it_is():
    fit = posterior([60, 60, 60, 62], [0.01] * 4)
    assert {unit.label for unit in unit_classes(fit, [50] * 4)} == {"not_distinguishable"}
    assert unit_classes(fit, [50] * 4, smallest_difference=0.5)[3].label == "above"


def test_the_run_of_the_surest_stops_where_its_mean_error_passes_the_cut():
    assert surest(np.array([0.20, 0.01, 0.06, 0.60]), 0.07).tolist() == [False, True, True, False]
    assert surest(np.array([0.20, 0.01, 0.06, 0.60]), 0.10).tolist() == [True, True, True, False]
    assert surest(np.array([0.5, 0.6]), 0.07).tolist() == [False, False]


def test_units_exactly_alike_are_treated_alike():
    assert surest(np.array([0.02, 0.10, 0.10]), 0.07).tolist() == [True, False, False]


@given(st.permutations(range(len(FIGURES))))
def test_the_order_of_the_units_does_not_matter(order):
    plain = unit_classes(posterior(FIGURES, VARIANCES), HEADS)
    shuffled = posterior([FIGURES[at] for at in order], [VARIANCES[at] for at in order])
    classes = unit_classes(shuffled, [HEADS[at] for at in order])
    assert [unit.label for unit in classes] == [plain[at].label for at in order]


def test_units_too_few_or_all_alike_have_a_reason_and_no_class():
    assert unit_classes(posterior([], []), []) == ()
    (lone,) = unit_classes(posterior([70], [4]), [30])
    assert lone.label is None
    assert "fewer than three" in lone.reason
    assert "nothing to be compared" in contrast_tests([70], [2], [30])[0].reason
    assert "known exactly" in contrast_tests([70, 70], [0, 0], [30, 40])[0].reason
    assert contrast_tests([], [], []) == ()


def test_few_degrees_of_freedom_make_the_check_more_careful():
    normal = contrast_tests(FIGURES, np.sqrt(VARIANCES), HEADS)
    careful = contrast_tests(FIGURES, np.sqrt(VARIANCES), HEADS, degrees_of_freedom=[3] * len(HEADS))
    assert all(t.p > z.p for t, z in zip(careful, normal, strict=True))


def test_contradictions_are_refused():
    with pytest.raises(ValueError, match="head count"):
        unit_classes(posterior(FIGURES, VARIANCES), HEADS[:-1])
    with pytest.raises(ValueError, match="members"):
        contrast_tests([1, 2], [1, 1], [0, 30])
    with pytest.raises(ValueError, match="standard error"):
        holm_rank_sets([1, 2], [1, -1])


def test_units_that_cannot_be_told_apart_may_have_any_place():
    everything = RankRange(1, 4)
    figures, errors = [60, 60, 60, 60], [2, 2, 2, 2]
    assert set(rank_intervals(joint_draws(posterior(figures, [4] * 4)))) == {everything}
    assert set(holm_rank_sets(figures, errors)) == {everything}
    assert set(largest_t_rank_sets(figures, errors, together=True, draws=200)) == {everything}
    assert expected_ranks(figures, errors) == (2.5, 2.5, 2.5, 2.5)
    assert expected_ranks(figures, [0] * 4) == (2.5, 2.5, 2.5, 2.5)
    assert ranks(figures) == (1, 1, 1, 1)


def test_units_known_exactly_have_one_place_each():
    figures = [70, 50, 60]
    single = [RankRange(1, 1), RankRange(3, 3), RankRange(2, 2)]
    assert list(holm_rank_sets(figures, [0] * 3)) == single
    assert list(largest_t_rank_sets(figures, [0] * 3, together=True, draws=200)) == single
    assert ranks(figures) == (1, 3, 2)


def test_a_rank_interval_holds_the_expected_place():
    draws = joint_draws(posterior(FIGURES, VARIANCES))
    for place, span in zip(drawn_expected_ranks(draws), rank_intervals(draws), strict=True):
        assert span.best - 0.5 <= place <= span.worst + 0.5


def test_nobody_and_one_unit_have_no_ranks_to_speak_of():
    assert rank_intervals(np.zeros((100, 0))) == ()
    assert ranks([]) == expected_ranks([], []) == holm_rank_sets([], []) == ()
    assert holm_rank_sets([70], [2]) == largest_t_rank_sets([70], [2], together=True) == (RankRange(1, 1),)
