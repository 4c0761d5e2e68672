"""Rules 7 and 8: which answers are told together, and figures that do not undo it."""

from collections.abc import Sequence
from math import floor

from analysis.disclosure.released import ReleasedChoice, ReleasedItem

FULL_BASE = 20  # from this base on a unit or group may tell its distribution
Codes = tuple[int, ...]


def nearly_unanimous(counts: Sequence[int], base: int) -> bool:
    """Rule 7: all, or all but one, of fewer than 20 gave one answer. `counts`: valid answers per code."""
    return 0 < base < FULL_BASE and max(counts, default=0) >= base - 1


def rare_joined(parts: Sequence[Codes], totals: Sequence[int], minimum: int) -> tuple[Codes, ...]:
    """Rule 8: parts (in the order of the scale) that 1 to minimum - 1 people of the whole university gave are joined with
    their neighbour, the smaller one first, until none is left. `totals`: answers per code in the whole university.
    """
    joined = [tuple(part) for part in parts]

    def people(place: int) -> int:
        return sum(totals[code] for code in joined[place])

    while len(joined) > 1:
        rare = [place for place in range(len(joined)) if 0 < people(place) < minimum]
        if not rare:
            break
        place = rare[0]
        # A neighbour nobody chose would not hide anything: the nearest one that somebody did.
        others = [other for other in range(len(joined)) if other != place and people(other)]
        if not others:
            break
        near = min(others, key=lambda other: (abs(other - place), people(other)))
        first, last = sorted((place, near))
        joined[first : last + 1] = [tuple(code for part in joined[first : last + 1] for code in part)]
    return tuple(joined)


def bands(item: ReleasedItem) -> tuple[Codes, ...]:
    """Satisfied / neutral / dissatisfied: the top choices, the middle of the scale, and what lies below; in scale order.

    Empty for an item without a scale. Without a middle point there are two bands.
    """
    if item.measure != "score":
        return ()
    valid = [(code, choice) for code, choice in enumerate(item.choices) if choice.role != "missing"]
    top = tuple(code for code, choice in valid if choice.id in item.top_choices)
    middle = tuple(code for code, choice in valid if code not in top and _is_middle(choice, item.choices))
    rest = tuple(code for code, _ in valid if code not in (*top, *middle))
    return tuple(part for part in (top, middle, rest) if part)


def coarse_mean(mean: float) -> int:
    """A mean in steps of 5 within 5..95, so that not even the ends of the scale tell that all agreed."""
    return min(95, max(5, 5 * floor(round(mean / 5, 9) + 0.5)))


def share_bound(base: int) -> int:
    """ "At least this many per cent": what all but one of `base` people come to, rounded down to tens."""
    return (base - 1) * 10 // base * 10


def _is_middle(choice: ReleasedChoice, choices: Sequence[ReleasedChoice]) -> bool:
    values = [each.value for each in choices if each.role == "answer" and each.value is not None]
    return len(values) > 3 and choice.value is not None and 2 * choice.value == min(values) + max(values)
