"""Attack on the counts of cases: the reader tries every table of outcomes that fits what is shown of a unit."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from analysis.assessment.case_figures import CaseFigures
from analysis.assessment.figures import Figure
from analysis.disclosure.assessed_cases import OUTCOMES, cases
from analysis.disclosure.rounding import whole

SMALL = range(1, 5)


def released(counts, untold=()):
    """What is shown of a unit with these outcomes (solved, partly, in progress, unsolved)."""
    known = sum(counts)

    def rate(base):
        value = 100 * (counts[0] + counts[1] / 2) / base if base else None
        return Figure(value, value, value, base) if base else Figure.missing("no answers")

    own = dict(zip(OUTCOMES, counts, strict=True))
    found = CaseFigures(
        met=known, known=known, acted=0, solved_rate=rate(known), lenient_rate=rate(known - counts[2]), **own
    )
    return cases(found, untold=untold)


def fitting(shown):
    """Every table of four outcomes that has what is shown."""
    base = shown.solved_percent.base
    for table in product(range((base or 0) + 1), repeat=3):
        if (rest := base - sum(table)) < 0:
            continue
        every = (*table, rest)
        if any(getattr(shown, name) not in (None, n) for name, n in zip(OUTCOMES, every, strict=True)):
            continue
        earned = 100 * (every[0] + every[1] / 2)
        told = ((shown.solved_percent.value, base), (shown.lenient_percent.value, base - every[2]))
        if all(value is None or (n and whole(earned / n) == value) for value, n in told):
            yield every


def pinned(counts, shown):
    """Outcomes of one to four answers that are withheld, and that every fitting table has."""
    if shown.solved_percent.base is None:
        return []
    possible = [set(each) for each in zip(*fitting(shown), strict=True)]
    return [
        name
        for name, n, values in zip(OUTCOMES, counts, possible, strict=True)
        if n in SMALL and getattr(shown, name) is None and values <= set(SMALL)
    ]


@given(st.tuples(*[st.integers(0, 9)] * 4))
def test_no_withheld_outcome_follows_from_the_other_outcomes_and_their_rates(counts):
    assert pinned(counts, released(counts)) == []


def test_two_zeros_a_base_and_a_rate_no_longer_leave_one_unsolved_case_over():
    """A branch of the demo: 9 of 10 solved, nothing in progress, nothing partly."""
    shown = released((9, 0, 0, 1))
    assert [getattr(shown, name) for name in OUTCOMES] == [None] * 4
    assert (shown.solved_percent.value, shown.lenient_percent.value) == (90, None)


def test_what_the_poll_does_not_tell_of_a_unit_the_year_does_not_either():
    shown = released((20, 6, 7, 8), {"met", "known", "acted", "outcomes"})
    assert [getattr(shown, name) for name in ("met", "known", "acted", *OUTCOMES)] == [None] * 7
    assert shown.solved_percent.value is None
