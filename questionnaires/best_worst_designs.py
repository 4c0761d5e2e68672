"""Balanced designs for best-worst items.

A design is fair to every option when, in each version, every option is shown equally often, and over all versions
every pair of options meets equally often (a pairwise balanced design). Otherwise an option's score depends on its company.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import Any

Design = tuple[tuple[tuple[int, ...], ...], ...]


def design_faults(written: Any, options: int) -> list[str]:
    """What keeps versions[screens[option positions]] from being a balanced design; one sentence each, or none."""
    if not _is_nested_numbers(written):
        return ["A design is a list of versions, each a list of screens, each a list of option positions."]
    if len({len(version) for version in written}) > 1 or len({len(s) for v in written for s in v}) > 1:
        return ["Every version has the same number of screens, and every screen the same number of options."]
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
    if len({met[pair] for pair in combinations(range(options), 2)}) > 1:
        sentences.append("Over all versions, not every pair of options meets equally often.")
    return sentences
