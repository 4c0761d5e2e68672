"""From counts to figures: scores, shares and their intervals. All inputs are integer counts, so equal counts give equal bytes."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from analysis.estimation.intervals import Interval, mean_interval, wilson_interval
from analysis.frame import Choice
from analysis.tallies import Combination, Counts

Worth = tuple[float | None, ...]  # what each code is worth, 0..100; None where it is no answer to the matter asked


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its base (valid answers) and interval; `value` is None where `interval.reason` says why."""

    base: int
    value: float | None
    interval: Interval


NOBODY = Estimate(0, None, Interval.undefined("nobody answered"))


def item_worth(choices: Sequence[Choice]) -> Worth | None:
    """Item score of each choice: (value - lowest) / (highest - lowest) * 100; None for an item without a scale.

    For the five-point scales of the library this is (value - 1) / (points - 1) * 100. Missing roles are worth None.
    """
    values = [choice.value if choice.role == "answer" else None for choice in choices]
    known = [value for value in values if value is not None]
    if len(set(known)) < 2:
        return None
    low, high = min(known), max(known)
    return tuple(None if value is None else (value - low) / (high - low) * 100 for value in values)


def top_two(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The codes of the top-two-box: the two highest values of a scale of three points or more, else the highest.

    On the three grades of the official return this is the official rate, which does not tell units apart
    (domain/assessment.md section 1): the points are always said beside the figure.
    """
    values = sorted({choice.value for choice in choices if choice.role == "answer" and choice.value is not None})
    top = values[-2:] if len(values) >= 3 else values[-1:]
    return tuple(code for code, choice in enumerate(choices) if choice.role == "answer" and choice.value in top)


def valid_codes(choices: Sequence[Choice]) -> tuple[int, ...]:
    """The codes that count in a base: answers and exclusive options, never the missing ones."""
    return tuple(code for code, choice in enumerate(choices) if choice.role != "missing")


def dont_know_codes(choices: Sequence[Choice]) -> tuple[int, ...]:
    """Missing codes that say something about visibility: "don't know" and "not applicable", not "rather not say"."""
    return tuple(code for code, choice in enumerate(choices) if choice.role == "missing" and choice.id != "pnts")


def domain_population(base: int, n_responding: int, n_eligible: int) -> float | None:
    """Head count behind `base` answers to one item, for the finite-population correction.

    Nobody knows how many members could have answered this item; the same share of them is taken to have answered as of
    the unit, so population = base * n_eligible / n_responding. None without a usable head count (none known, or more
    answers than heads): the correction is then left out, which makes the interval wider, never narrower.
    Reference: Cochran (1977), sec. 2.13 (means over subpopulations of unknown size).
    """
    if n_eligible < n_responding or n_responding == 0:
        return None
    return base * n_eligible / n_responding


def score_estimate(counts: Sequence[int], worth: Worth, population: float | None = None) -> Estimate:
    """Mean worth of the answers, 0..100, with its 95 % interval.

    Inputs: `counts` answers per code, shape (codes,); `worth` per code; `population` behind the base, or None.
    Formula: sum(counts * worth) / base, base = answers with a worth; interval by intervals.mean_interval.

    It misleads as every mean of a five-point scale does: 50 may be all "neither" or half and half; the distribution
    stands beside it. Where all answers agree the spread cannot be estimated and the t interval would be a point: the
    Wilson form on mean / 100 is used instead, whose variance is the largest an answer in 0..100 can have.

    Checked against: psych::describe (descriptives.json) and survey::svymean (design_mean.json) in tests/oracles.
    """
    pairs = [(int(n), value) for n, value in zip(counts, worth, strict=True) if value is not None]
    return _mean(pairs, population, 0.0, 100.0)


def share_estimate(count: int, base: int, population: float | None = None) -> Estimate:
    """Share of the base, 0..100, with the Wilson interval of intervals.wilson_interval (normal quantile)."""
    if base == 0:
        return NOBODY
    return Estimate(base, count / base * 100, _percent(wilson_interval(count, base, population=population)))


def dont_know_share(counts: Sequence[int], choices: Sequence[Choice]) -> float | None:
    """Don't know / (valid + don't know), 0..100: 100 minus the awareness of assessment.md; None if nobody said either."""
    unaware = sum(int(counts[code]) for code in dont_know_codes(choices))
    valid = sum(int(counts[code]) for code in valid_codes(choices))
    return None if unaware + valid == 0 else unaware / (unaware + valid) * 100


def criterion_estimate(
    counts: Sequence[int], combination: Combination, minimum_items: int, population: float | None = None
) -> Estimate:
    """Criterion score of a unit: the mean over respondents of each one's mean of the answered items, 0..100.

    Only respondents with at least `minimum_items` answered items count. Inputs: `counts` per code of the combination,
    shape (n_codes,). The interval is that of a mean over respondents, so it knows that a respondent's items go together.

    It misleads when "don't know" is common: those who know may be those who are close to the branch; the don't-know
    share stands beside it. Reference: domain/assessment.md section 1. Checked against: a plain loop over respondents.
    """
    pairs = []
    for code, n in enumerate(counts):
        answered, steps = divmod(code, combination.width)
        if n and answered >= minimum_items:
            pairs.append((int(n), steps / (answered * combination.top) * 100))
    return _mean(pairs, population, 0.0, 100.0)


def best_worst_estimate(counts: Counts, population: float | None = None) -> Estimate:
    """First minus last over times shown, -100..100, of one option; base = respondents who saw it on an answered screen.

    Inputs: `counts` of respondents, shape (most + 1, 2 * most + 1): times shown by (times first - times last + most).
    Formula: R = sum net / sum shown; interval by linearisation, residuals net - R * shown (Cochran 1977, sec. 6.3).
    It misleads as a level: it ranks needs against each other and says nothing of how many people have them.
    """
    most = counts.shape[0] - 1
    cells = [
        (int(counts[shown, net]), shown, net - most) for shown, net in zip(*counts.nonzero(), strict=True) if shown
    ]
    base = sum(n for n, _, _ in cells)
    if base == 0:
        return NOBODY
    shown_total = sum(n * shown for n, shown, _ in cells)
    ratio = sum(n * net for n, _, net in cells) / shown_total
    scale = base / shown_total
    residuals = [(n, (ratio + (net - ratio * shown) * scale) * 100) for n, shown, net in cells]
    return Estimate(base, ratio * 100, _mean(residuals, population, -100.0, 100.0).interval)


def standard_deviation(counts: Sequence[int], worth: Worth) -> float | None:
    """Sample standard deviation (n - 1) of the worth of the answers; None below two answers."""
    pairs = [(int(n), value) for n, value in zip(counts, worth, strict=True) if value is not None]
    base, total = sum(n for n, _ in pairs), sum(n * value for n, value in pairs)
    if base < 2:
        return None
    return sqrt(sum(n * (value - total / base) ** 2 for n, value in pairs) / (base - 1))


def _mean(pairs: Sequence[tuple[int, float]], population: float | None, lowest: float, highest: float) -> Estimate:
    base = sum(n for n, _ in pairs)
    if base == 0:
        return NOBODY
    given = {value for n, value in pairs if n}
    mean = given.pop() if len(given) == 1 else sum(n * value for n, value in pairs) / base
    centred = [(n, value - mean) for n, value in pairs if n]  # around the mean: no cancellation in the squares
    if not given and base > 1:
        share = min(1.0, max(0.0, (mean - lowest) / (highest - lowest)))
        wilson = wilson_interval(share * base, base, population=population)
        return Estimate(base, mean, _scaled(wilson, lowest, highest - lowest))
    squares = sum(n * value * value for n, value in centred)
    interval = mean_interval(base, 0.0, squares, population=population)
    return Estimate(base, mean, _clipped(_scaled(interval, mean, 1.0), lowest, highest))


def _percent(interval: Interval) -> Interval:
    return _scaled(interval, 0.0, 100.0)


def _scaled(interval: Interval, start: float, factor: float) -> Interval:
    if interval.low is None or interval.high is None:
        return interval
    return Interval(start + interval.low * factor, start + interval.high * factor)


def _clipped(interval: Interval, lowest: float, highest: float) -> Interval:
    if interval.low is None or interval.high is None:
        return interval
    return Interval(max(lowest, interval.low), min(highest, interval.high))
