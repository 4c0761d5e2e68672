"""On universities whose truth is known, intervals cover and classes err as promised (docs/statistics.md has 1,000 runs)."""

from dataclasses import fields

import numpy as np
import pytest

from benchmarks.simulated_university import sampled
from benchmarks.simulations import rows, studied
from benchmarks.unit_figures import unit_figures


@pytest.mark.parametrize("composite", [False, True])
def test_intervals_cover_and_classes_keep_their_word(composite):
    found = dict(rows(studied(0.25, 40, 7, composite=composite)))
    assert 0.92 < found["cover shrunk"] < 0.97
    assert 0.92 < found["cover moderated, t"] < 0.97
    assert 0.87 < found["cover rank, 90 %"] < 0.96
    assert found["classes, cut 0.07: share wrong"] < 0.12
    assert found["classes, cut 0.07: wrong sign"] < 0.05
    assert found["classes, cut 0.07: found of > 7.5"] > 0.75
    assert found["RMSE shrunk mean"] < found["RMSE weighted mean"]


def test_where_units_do_not_differ_hardly_any_gets_a_class():
    found = dict(rows(studied(0.0, 30, 7, composite=False)))
    assert found["classes, cut 0.07: wrong a year"] < 1
    assert found["RMSE shrunk mean"] < 0.85 * found["RMSE weighted mean"]


def test_weights_take_away_what_unequal_response_adds():
    found = dict(rows(studied(0.1, 60, 7, composite=False)))
    assert found["bias plain mean"] > 1
    assert abs(found["bias weighted mean"]) < 0.4


def test_the_figures_of_a_simulated_poll_are_finite_and_follow_the_seed():
    one, again = (unit_figures(sampled(np.random.default_rng(3), 0.25, composite=True)) for _ in range(2))
    for field in fields(one):
        assert np.isfinite(getattr(one, field.name)).all()
        assert (getattr(one, field.name) == getattr(again, field.name)).all()
