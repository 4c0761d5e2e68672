"""Quality flags: pressed answers, a sudden jump in response beside them, low trust in anonymity. A second look, no penalty."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.assessment.contract import Flag, settled
from analysis.assessment.measures import Values
from analysis.assessment.poll_table import PollTable
from analysis.assessment.reasons import NO_EARLIER_WAVE, TOO_FEW_ANSWERS
from analysis.assessment.scheme import Scheme


@dataclass(frozen=True, slots=True, eq=False)
class Quality:
    """Per unit (U,): `straight` share of respondents who pressed one answer all through, `trust` 0..100 and its base.

    `median`: of the shares of the compared units; None if there are none.
    """

    straight: Values
    trust: Values
    trust_base: Values
    n: Values
    median: float | None


def quality(main: PollTable, polls: Sequence[PollTable], compared: Sequence[int]) -> Quality:
    """The figures behind the flags.

    Straight-lining: one and the same scale point on every item of the criteria, "don't know" nowhere (the longest run is
    the whole block). It misleads where somebody truly finds all alike: a few per cent always do, hence the comparison
    with the median. Trust: mean score over all answers to its items. Reference: Meade & Craig (2012); assessment.md 4.
    """
    n = main.n.sum(axis=1)
    straight = main.straight / np.maximum(n, 1)
    trust_base: Values = sum((poll.trust_known for poll in polls), np.zeros(len(n)))
    trust: Values = sum((poll.trust for poll in polls), np.zeros(len(n)))
    median = float(np.median(straight[list(compared)])) if compared else None
    return Quality(straight, trust / np.maximum(trust_base, 1), trust_base, n, median)


def flags_of(
    unit: int, found: Quality, response: float | None, response_before: float | None, scheme: Scheme
) -> tuple[Flag, ...]:
    """The three flags of one unit, each with what was found and the limit; `response` rates in 0..1."""
    minimum = scheme.minimum("figure")
    straight = _straight(unit, found, scheme, minimum)
    return straight, _jump(straight, response, response_before, scheme), _low_trust(unit, found, scheme, minimum)


def _straight(unit: int, found: Quality, scheme: Scheme, minimum: int) -> Flag:
    if found.n[unit] < minimum or found.median is None:
        return Flag("straight_lining", open=False, value=None, limit=None, reason=TOO_FEW_ANSWERS)
    rule = scheme.flag("straightlining")
    limit = max(float(rule["share_above"]), float(rule["times_median"]) * found.median)
    share = float(found.straight[unit])
    return Flag("straight_lining", open=share > limit, value=settled(share, 4), limit=settled(limit, 4))


def _jump(straight: Flag, response: float | None, before: float | None, scheme: Scheme) -> Flag:
    limit = float(scheme.flag("response_jump")["points_above"])
    if response is None or before is None:
        return Flag("response_jump", open=False, value=None, limit=limit, reason=NO_EARLIER_WAVE)
    points = 100 * (response - before)
    return Flag("response_jump", open=points > limit and straight.open, value=settled(points), limit=limit)


def _low_trust(unit: int, found: Quality, scheme: Scheme, minimum: int) -> Flag:
    limit = float(scheme.flag("low_trust")["score_below"])
    if found.trust_base[unit] < minimum:
        return Flag("low_trust", open=False, value=None, limit=limit, reason=TOO_FEW_ANSWERS)
    score = float(found.trust[unit])
    return Flag("low_trust", open=score < limit, value=settled(score), limit=limit)
