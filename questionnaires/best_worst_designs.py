"""Balanced designs for best-worst items.

A design is fair to every option when, in each version, every option is shown equally often, and over all versions
every pair of options meets equally often (a pairwise balanced design). Otherwise an option's score depends on its company.
Where no such design is short enough for a phone, pairs may meet twice or three times and screens differ by one option.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

Design = tuple[tuple[tuple[int, ...], ...], ...]

FEWEST, MOST = 4, 30
NEARLY_EQUAL = {2, 3}
# Of each number of options the screens of the first version; adding 1 to every position, again and again, gives the others.
# Found by search: over all versions the differences between the positions of a screen come equally often, or nearly so.
_CYCLIC: dict[int, tuple[tuple[int, ...], ...]] = {
    4: ((0, 1, 2, 3),),
    5: ((0, 1, 2, 3, 4),),
    7: ((0, 3, 4, 5), (1, 2, 6)),
    10: ((0, 1, 6, 8), (2, 3, 9), (4, 5, 7)),
    11: ((0, 1, 2, 5), (3, 7, 8, 10), (4, 6, 9)),
    13: ((0, 7, 11, 12), (1, 6, 9), (2, 3, 5), (4, 8, 10)),
    14: ((0, 3, 8), (1, 5, 6, 7), (2, 10, 12, 13), (4, 9, 11)),
    15: ((0, 4, 10, 11), (1, 2, 7, 14), (3, 5, 13), (6, 8, 9, 12)),
    17: ((0, 8, 11), (1, 2, 3), (4, 6, 10, 16), (5, 9, 13), (7, 12, 14, 15)),
    18: ((0, 3, 13, 14), (1, 9, 17), (2, 8, 11, 15), (4, 5, 16), (6, 7, 10, 12)),
    19: ((0, 9, 13, 18), (1, 3, 5, 8), (2, 4, 12, 15), (6, 7, 11, 14), (10, 16, 17)),
    21: ((0, 6, 8, 16), (1, 4, 18), (2, 13, 20), (3, 7, 12), (5, 9, 14, 15), (10, 11, 17, 19)),
    22: ((0, 4, 10, 13), (1, 2, 8), (3, 9, 17, 20), (5, 6, 15), (7, 11, 12, 19), (14, 16, 18, 21)),
    23: ((0, 3, 5, 15), (1, 12, 16, 17), (2, 11, 19, 20), (4, 14, 21), (6, 8, 18, 22), (7, 9, 10, 13)),
    25: ((0, 16, 17, 20), (1, 10, 14, 24), (2, 22, 23), (3, 9, 15, 18), (4, 11, 21), (5, 7, 12, 13), (6, 8, 19)),
    26: ((0, 9, 19, 21), (1, 2, 12, 24), (3, 10, 18, 23), (4, 8, 16), (5, 20, 22, 25), (6, 13, 14, 15), (7, 11, 17)),
    27: (
        (0, 16, 18),
        (1, 11, 20, 24),
        (2, 8, 10, 15),
        (3, 6, 14, 21),
        (4, 5, 25, 26),
        (7, 17, 19, 22),
        (9, 12, 13, 23),
    ),
    29: (
        (0, 13, 17, 19),
        (1, 3, 12, 18),
        (2, 6, 7, 28),
        (4, 22, 25),
        (5, 10, 14, 23),
        (8, 20, 27),
        (9, 15, 16),
        (11, 21, 24, 26),
    ),
    30: (
        (0, 1, 2, 4),
        (3, 13, 16, 27),
        (5, 9, 14, 25),
        (6, 18, 21, 26),
        (7, 15, 28),
        (8, 12, 19, 24),
        (10, 11, 17, 23),
        (20, 22, 29),
    ),
}
# The same, counted on without the last option, which stays where it is.
_FIXED: dict[int, tuple[tuple[int, ...], ...]] = {
    8: ((0, 1, 4, 6), (2, 3, 5, 7)),
    9: ((0, 2, 3), (1, 5, 8), (4, 6, 7)),
    12: ((0, 5, 7, 11), (1, 6, 8, 9), (2, 3, 4, 10)),
    16: ((0, 1, 4, 10), (2, 6, 8, 9), (3, 11, 13, 14), (5, 7, 12, 15)),
    20: ((0, 6, 10, 11), (1, 4, 5, 12), (2, 7, 9, 19), (3, 13, 16, 18), (8, 14, 15, 17)),
    24: ((0, 11, 16, 20), (1, 7, 9, 18), (2, 3, 15, 22), (4, 12, 17, 23), (5, 6, 19, 21), (8, 10, 13, 14)),
    28: (
        (0, 6, 12, 20),
        (1, 17, 23, 24),
        (2, 4, 5, 13),
        (3, 15, 25, 27),
        (7, 14, 16, 19),
        (8, 10, 11, 21),
        (9, 18, 22, 26),
    ),
}


def balanced_design(options: int) -> Design:
    """A design in which everybody sees each option once, in 1 to 8 screens of 3 to 5. ValueError below 4 or above 30 options."""
    if not FEWEST <= options <= MOST:
        raise ValueError(options)
    if options < 6:
        return (_CYCLIC[options],)
    if options == 6:  # every way to halve them
        halves = [(0, *rest) for rest in combinations(range(1, 6), 2)]
        return tuple((half, tuple(one for one in range(6) if one not in half)) for half in halves)
    base, turn = (_CYCLIC[options], options) if options in _CYCLIC else (_FIXED[options], options - 1)
    return tuple(
        tuple(tuple(one if one == turn else (one + step) % turn for one in screen) for screen in base)
        for step in range(turn)
    )


def design_faults(written: Any, options: int) -> list[str]:
    """What keeps versions[screens[option positions]] from being a balanced design; one sentence each, or none."""
    if not _is_nested_numbers(written):
        return ["A design is a list of versions, each a list of screens, each a list of option positions."]
    sizes = {len(screen) for version in written for screen in version}
    if len({len(version) for version in written}) > 1 or max(sizes) > min(sizes) + 1:
        return [
            "Every version has the same number of screens, and every screen the same number of options or one less."
        ]
    screens = [screen for version in written for screen in version]
    if any(not 0 <= position < options for screen in screens for position in screen):
        return [f"Option positions run from 0 to {options - 1}."]
    if any(len(set(screen)) < len(screen) for screen in screens):
        return ["An option stands twice on one screen."]
    return _unbalanced(written, options)


def _is_nested_numbers(written: Any) -> bool:
    if not isinstance(written, list) or not written:
        return False
    for version in written:
        if not isinstance(version, list) or not version:
            return False
        for screen in version:
            if not isinstance(screen, list) or len(screen) < 2 or any(type(one) is not int for one in screen):
                return False
    return True


def _unbalanced(written: list[list[list[int]]], options: int) -> list[str]:
    sentences = []
    for number, version in enumerate(written, start=1):
        shown = Counter(position for screen in version for position in screen)
        if len({shown[position] for position in range(options)}) > 1:
            sentences.append(f"Version {number} does not show every option equally often.")
    met = Counter(pair for version in written for screen in version for pair in combinations(sorted(screen), 2))
    meetings = {met[pair] for pair in combinations(range(options), 2)}
    if len(meetings) > 1 and meetings != NEARLY_EQUAL:
        sentences.append("Over all versions, not every pair of options meets equally often.")
    return sentences
