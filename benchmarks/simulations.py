"""`simulations`: do the intervals cover and the classes err as promised (statistics 4.4 and 4.5)?

    python -m benchmarks.simulations [--runs 100] [--spreads 0 0.1 0.25 0.5] [--seed 2026]

Each run invents a university, polls it once, sends the answers through the product's own functions (weights, moderated
variance, shrinkage, classes, rank intervals) and compares with the truth. All figures are points of 100; the spread tau
between branches is in points of the five-point scale (1 = 25 points of 100).
"""

import argparse
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from scipy.special import ndtr, ndtri, stdtrit

from analysis.units.classes import SMALLEST_DIFFERENCE, against_the_rest, contrast_tests, unit_classes
from analysis.units.pooling import Posterior, joint_draws, pooled, posterior
from analysis.units.rank_sets import rank_intervals
from benchmarks.simulated_university import Sample, Vector, sampled
from benchmarks.unit_figures import UnitFigures, unit_figures

LARGE = 7.5  # points of 100: a difference nobody should miss
Figures = dict[str, float]


@dataclass
class Study:
    """Sums over runs: squared errors and covered intervals by method, verdicts by rule."""

    errors: dict[str, list[Vector]] = field(default_factory=lambda: defaultdict(list))
    covered: dict[str, list[Vector]] = field(default_factory=lambda: defaultdict(list))
    widths: dict[str, list[Vector]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[str, list[Vector]] = field(
        default_factory=lambda: defaultdict(list)
    )  # rows: sign given, true contrast
    units: list[int] = field(default_factory=list)

    def interval(self, name: str, low: Vector, high: Vector, truth: Vector) -> None:
        self.covered[name].append((low <= truth) & (truth <= high))
        self.widths[name].append(high - low)


def studied(tau: float, runs: int, seed: int, *, composite: bool) -> Study:
    """`runs` universities of spread `tau`, the same for the same seed."""
    study = Study()
    for run in range(runs):
        rng = np.random.default_rng((seed, run, round(tau * 1000), composite))
        sample = sampled(rng, tau, composite=composite)
        figures = unit_figures(sample)
        study.units.append(len(sample.truth))
        _errors_and_intervals(study, sample, figures)
        _verdicts(study, sample, figures)
    return study


def _errors_and_intervals(study: Study, sample: Sample, figures: UnitFigures) -> None:
    truth, error = sample.truth, np.sqrt(figures.variance)
    own = ndtri(0.975) * np.sqrt(figures.own_variance)
    half = stdtrit(figures.degrees, 0.975) * error
    study.interval("own variance, z", figures.value - own, figures.value + own, truth)
    study.interval("moderated, t", figures.value - half, figures.value + half, truth)
    for name, staff in (("shrunk without S2/N", None), ("shrunk", figures.staff_variance)):
        units = pooled(posterior(figures.value, figures.variance, staff)).units
        low, high = (np.array([getattr(unit.interval, end) for unit in units]) for end in ("low", "high"))
        study.interval(name, low, high, truth)
    study.errors["plain mean"].append(figures.plain - truth)
    study.errors["weighted mean"].append(figures.value - truth)
    study.errors["shrunk mean"].append(np.array([unit.mean for unit in units]) - truth)


def _verdicts(study: Study, sample: Sample, figures: UnitFigures) -> None:
    fit = posterior(figures.value, figures.variance, figures.staff_variance)
    heads = figures.heads
    contrast = against_the_rest(sample.truth, heads)
    for cut in (0.07, 0.10):
        labels = [unit.label for unit in unit_classes(fit, heads, error_cut=cut)]
        study.verdicts[f"classes, cut {cut:.2f}"].append(np.stack([_signs(labels), contrast]))
    tests = contrast_tests(figures.value, np.sqrt(figures.variance), heads, degrees_of_freedom=figures.degrees)
    study.verdicts["BH 10 % of t tests"].append(np.stack([_signs([test.label for test in tests]), contrast]))
    study.verdicts["p < .05 on plain means"].append(np.stack([_naive(figures), contrast]))
    _ranks(study, fit, sample.truth)


def _naive(figures: UnitFigures) -> Vector:
    """What a spreadsheet does: plain means, z tests against the mean of the others, no correction."""
    difference = against_the_rest(figures.plain, np.ones_like(figures.plain))
    p = 2 * ndtr(-abs(difference) / np.sqrt(figures.plain_variance))
    return np.where(p < 0.05, np.sign(difference), 0.0)


def _ranks(study: Study, fit: Posterior, truth: Vector) -> None:
    ranges = rank_intervals(joint_draws(fit))
    low, high = (np.array([getattr(each, end) for each in ranges], float) for end in ("best", "worst"))
    places = 1.0 + np.array([(truth > own).sum() for own in truth])
    study.interval("rank, 90 %", low, high, places)


def _signs(labels: list[str | None]) -> Vector:
    return np.array([{"above": 1.0, "below": -1.0}.get(label or "", 0.0) for label in labels])


def rows(study: Study) -> Iterator[tuple[str, float]]:
    """The figures of a study, by name."""
    yield "branches assessed", float(np.mean(study.units))
    for name, errors in study.errors.items():
        yield f"bias {name}", float(np.mean(np.concatenate(errors)))
        yield f"RMSE {name}", float(np.sqrt(np.mean(np.concatenate(errors) ** 2)))
    for name, covered in study.covered.items():
        yield f"cover {name}", float(np.mean(np.concatenate(covered)))
        yield f"width {name}", float(np.mean(np.concatenate(study.widths[name])))
    for name, verdicts in study.verdicts.items():
        sign, contrast = np.concatenate(verdicts, axis=1)
        given, large = sign != 0, abs(contrast) > LARGE
        toward = sign * contrast
        yield f"{name}: named a year", float(given.sum() / len(study.units))
        yield f"{name}: wrong a year", float((toward[given] <= SMALLEST_DIFFERENCE).sum() / len(study.units))
        yield f"{name}: share wrong", float(np.mean(toward[given] <= SMALLEST_DIFFERENCE)) if given.any() else 0.0
        yield f"{name}: wrong sign", float(np.mean(toward[given] < 0)) if given.any() else 0.0
        yield f"{name}: found of > {LARGE}", float(np.mean(toward[large] > 0)) if large.any() else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description="Coverage and error rates of the branch assessment, on known truth.")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--spreads", type=float, nargs="+", default=[0.0, 0.1, 0.25, 0.5])
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    for composite in (False, True):
        start = time.perf_counter()
        table = [dict(rows(studied(tau, asked.runs, asked.seed, composite=composite))) for tau in asked.spreads]
        title = "composite of three measures, one of them asked of 40 %" if composite else "one measure"
        print(f"\n{title}: {asked.runs} runs, {time.perf_counter() - start:.0f} s")
        print(f"| {'true spread between branches':40s} |" + "".join(f" {tau:6.2f} |" for tau in asked.spreads))
        for name in table[0]:
            print(f"| {name:40s} |" + "".join(f" {column[name]:6.3f} |" for column in table))


if __name__ == "__main__":
    main()
