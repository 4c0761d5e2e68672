"""Many tests at once: what a p value is worth when it is one of forty."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

Method = Literal["holm", "bh", "by"]


def adjusted_p(p: Sequence[float | None], method: Method) -> tuple[float | None, ...]:
    """P values corrected for their number, in the order given.

    Meaning: `holm` bounds the chance of a single false alarm among all tests; `bh` bounds the share of false alarms among
    the tests called significant (independent or positively dependent tests); `by` does so under any dependence.

    Inputs: p values in 0..1, None where a test is undefined. Returns adjusted p values in 0..1, None where p was None;
    these tests are not counted.

    Formula, p sorted upwards, m defined tests: holm max over j <= i of (m - j + 1) p_j; bh min over j >= i of m p_j / j;
    by the same times 1 + 1/2 + ... + 1/m; all capped at 1.

    It misleads when the family is chosen after the fact: adjust over all units or items that were looked at, not over
    those that looked interesting.

    Reference: Holm (1979); Benjamini & Hochberg (1995); Benjamini & Yekutieli (2001). Checked against: R p.adjust,
    tests/oracles/data/stats/p_adjust.json.
    """
    known = [place for place, each in enumerate(p) if each is not None]
    values = np.array([each for each in p if each is not None], np.float64)
    if not ((values >= 0) & (values <= 1)).all():
        raise ValueError("A p value lies in 0..1.")
    found: list[float | None] = [None] * len(p)
    if known:
        order = np.argsort(values, kind="stable")
        for rank, value in zip(order, _steps(values[order], method), strict=True):
            found[known[rank]] = float(value)
    return tuple(found)


def _steps(rising: np.ndarray, method: Method) -> np.ndarray:
    m = len(rising)
    places = np.arange(1, m + 1)
    if method == "holm":
        return np.minimum(1.0, np.maximum.accumulate((m - places + 1) * rising))
    spread = (1 / places).sum() if method == "by" else 1.0
    capped: np.ndarray = np.minimum(1.0, np.minimum.accumulate((spread * m / places * rising)[::-1])[::-1])
    return capped
