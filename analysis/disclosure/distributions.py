"""How everybody answered: the distributions of the in-service total."""

from collections.abc import Collection, Sequence

from analysis.disclosure.joining import nearly_unanimous
from analysis.disclosure.raw_figures import code_counts
from analysis.disclosure.released import Distribution, DistributionEntry, ReleasedItem
from analysis.disclosure.rounding import whole
from analysis.disclosure.suppression import Row
from analysis.tallies import Tally


def distributions(
    tally: Tally,
    items: Sequence[ReleasedItem],
    total: Row | None,
    minimum: int,
    withheld: Collection[str] = (),
) -> tuple[Distribution, ...]:
    """One distribution for every column whose codes are single choices; `withheld`: columns that may not be told at all."""
    single = [item for item in items if item.measure in ("score", "count") and item.choices]
    if total is None:
        return ()
    return tuple(
        Distribution(item.column, None, withheld="not_shown_by_rule")
        if item.column in withheld
        else _distribution(tally, item, total, minimum)
        for item in single
    )


def _distribution(tally: Tally, item: ReleasedItem, total: Row, minimum: int) -> Distribution:
    counts = code_counts(tally, item.column, total)
    valid = [(choice.id, n) for choice, n in zip(item.choices, counts, strict=True) if choice.role != "missing"]
    missing = [(choice.id, n) for choice, n in zip(item.choices, counts, strict=True) if choice.role == "missing"]
    base = sum(n for _, n in valid)
    if base == 0:
        return Distribution(item.column, 0, withheld="no_answers")
    if base < minimum:
        return Distribution(item.column, None, withheld="too_few")
    if nearly_unanimous([n for _, n in valid], base):
        return Distribution(item.column, None, withheld="not_shown_by_rule")
    if item.personal and any(0 < n < minimum for _, n in valid):
        # A staff category or age group of 1 to 4 is a nameable group, not an opinion.
        return Distribution(item.column, None, withheld="not_shown_by_rule")
    everybody = base + sum(n for _, n in missing)
    return Distribution(item.column, base, _entries(valid, base), _entries(missing, everybody))


def _entries(counts: Sequence[tuple[str, int]], base: int) -> tuple[DistributionEntry, ...]:
    return tuple(DistributionEntry(choice, n, whole(n / base * 100) or 0) for choice, n in counts)
