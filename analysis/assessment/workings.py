"""What is computed over all units at once, before the assessment of each is written down."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analysis.assessment.adjusted import Adjustment, adjustment
from analysis.assessment.bands import official_rates
from analysis.assessment.changes import Waves, changes, held_back
from analysis.assessment.classification import Standings, standings
from analysis.assessment.composite import Stand, composite_of, practice_of, staff_voice_of
from analysis.assessment.contract import Change, Figure, Flag
from analysis.assessment.flags import Quality, flags_of, quality
from analysis.assessment.index import GROUPS, Index, cases_known, part_weights
from analysis.assessment.measures import Group, Known, Layout, Values, layout
from analysis.assessment.moments import Combined
from analysis.assessment.poll_moments import Counts
from analysis.assessment.records import Records
from analysis.assessment.scheme import Scheme
from analysis.assessment.sensitivity import Stability, stabilities
from analysis.assessment.solved import solved_difficulties
from analysis.assessment.university import University, university_of
from analysis.assessment.waves import Wave, matched, not_assessed, rated_places, without_pressed

Key = str | None  # a dimension, a half (three_questions, criteria), or None for the composite


@dataclass(frozen=True, slots=True, eq=False)
class Workings:
    """`figures`, `standings`: by dimension and half, None for the composite C; `parts`: by component, with where it has
    enough answers; `voice`: the composite B with S* in place of S; `halves`: the index of the questions, of the criteria.

    `without`: standings without the pressed answers of units whose straight-lining flag is open (`pressed`), else None.
    """

    scheme: Scheme
    layout: Layout
    records: Records
    wave: Wave
    compared: tuple[int, ...]
    university: University
    university_mean: float | None
    halves: Mapping[Group, Index]
    figures: Mapping[Key, Combined]
    parts: Mapping[str, tuple[Combined, Known]]
    cases: Counts
    solved_star: Values
    voice: Combined
    standings: Mapping[Key, Standings]
    stability: Mapping[int, Stability]
    pressed: frozenset[int]
    without: "Workings | None"
    changes: Mapping[tuple[int, Key], Change]
    unmatched: Mapping[int, str]
    quality: Quality
    flags: Mapping[int, tuple[Flag, ...]]
    adjustment: Adjustment
    official: tuple[Figure, ...]
    difficulties: tuple[Figure, ...]


def workings(now: Wave, before: Wave | None, scheme: Scheme, records: Records, *, again: bool = False) -> Workings:
    """All of it, once with every answer and, where a straight-lining flag is open, once more without the pressed ones."""
    plan = layout(scheme)
    compared = rated_places(now, scheme)
    university = university_of(now, plan, scheme)
    figures, placed = _dimensions(now, plan, scheme, compared)
    stand = _stand(university, placed, plan)
    halves = {group: now.index.half(plan, group) for group in GROUPS}
    for group, half in halves.items():
        figures[group] = composite_of(now.moments, half, stand, now.heads)
        own = [unit for unit in compared if half.complete[unit]]
        placed[group] = standings(figures[group], now.heads, own, scheme.method)
    figures[None] = composite_of(now.moments, now.index, stand, now.heads)
    practice = None if again else practice_of(now.moments, now.index, stand, now.heads)
    placed[None] = standings(figures[None], now.heads, compared, scheme.method, practice)
    cases = cases_known(plan, now.moments.base)
    star, voice = staff_voice_of(plan, now.moments, now.index, stand, now.heads, cases)
    found = quality(now.main, now.polls, compared)
    pairs, unmatched = matched(now, before)
    flags = {
        place: flags_of(place, found, now.response[place], _response(before, pairs.get(place)), scheme)
        for place in range(len(now.year.units))
    }
    pressed = frozenset(place for place, own in flags.items() if own[0].open)
    moved = _changes(now, before, pairs, plan, scheme)
    without = None
    if pressed and not again:
        earlier = frozenset(pairs[place] for place in pressed if place in pairs)
        then = without_pressed(before, earlier, plan, scheme) if before else None
        without = workings(without_pressed(now, pressed, plan, scheme), then, scheme, records, again=True)
        moved |= {
            key: held_back(moved[key], without.changes[key])
            for key in moved
            if key[0] in pressed and key in without.changes
        }
    return Workings(
        scheme=scheme,
        layout=plan,
        records=records,
        wave=now,
        compared=compared,
        university=university,
        university_mean=_mean(voice.value, now.heads, compared),
        halves=halves,
        figures=figures,
        parts=_parts(now, plan, scheme),
        cases=cases,
        solved_star=star,
        voice=voice,
        standings=placed,
        stability={} if again else stabilities(plan, now.moments, now.index, stand, now.heads, compared, scheme.method),
        pressed=pressed,
        without=without,
        changes=moved,
        unmatched=unmatched,
        quality=found,
        flags=flags,
        adjustment=adjustment(now.main, now.main_weight, now.year.units, plan, scheme.method, now.moments.scatter),
        official=_official(now, scheme),
        difficulties=solved_difficulties(now, plan, scheme),
    )


def _dimensions(
    now: Wave, plan: Layout, scheme: Scheme, compared: tuple[int, ...]
) -> tuple[dict[Key, Combined], dict[Key, Standings]]:
    """Every dimension of all units, and how the units that have it stand in it."""
    figures: dict[Key, Combined] = {}
    placed: dict[Key, Standings] = {}
    for place, dimension in enumerate(plan.dimensions):
        figures[dimension.id] = now.moments.combined(now.index.inner[:, place], now.heads)
        own = [unit for unit in compared if now.index.present[unit, place]]
        placed[dimension.id] = standings(figures[dimension.id], now.heads, own, scheme.method)
    return figures, placed


def _stand(university: University, placed: Mapping[Key, Standings], plan: Layout) -> Stand:
    """What stands in for a missing dimension: the university's figure and the spread between units."""
    spread = [placed[each.id].tau or 0.0 for each in plan.dimensions]
    return Stand(np.array([figure.value or 0.0 for figure in university.figures]), np.array(spread) ** 2)


def _parts(now: Wave, plan: Layout, scheme: Scheme) -> dict[str, tuple[Combined, Known]]:
    """Every component of all units, and which of them have enough answers for it."""
    found = {}
    for part in (part for dimension in plan.dimensions for part in dimension.parts):
        weights, enough = part_weights(part, now.moments.base, scheme.minimum("figure"))
        found[part.id] = now.moments.combined(weights, now.heads), enough
    return found


def _changes(
    now: Wave, before: Wave | None, pairs: Mapping[int, int], plan: Layout, scheme: Scheme
) -> dict[tuple[int, Key], Change]:
    if before is None:
        return {}
    kept = [
        place
        for place, then in pairs.items()
        if not_assessed(now, place, scheme) is None and not_assessed(before, then, scheme) is None
    ]
    then = [pairs[place] for place in kept]
    waves = Waves(tuple(kept), now.moments.at(kept), before.moments.at(then), now.heads[kept], before.heads[then])
    return changes(waves, plan, scheme.minimum("figure"), scheme.method)


def _response(before: Wave | None, place: int | None) -> float | None:
    return None if before is None or place is None else before.response[place]


def _official(now: Wave, scheme: Scheme) -> tuple[Figure, ...]:
    places = {unit.id: place for place, unit in enumerate(now.year.units)}
    poll = scheme.scoring.official_rate.item.partition(".")[0]
    members = tuple(unit.n_eligible for unit in now.year.units)
    return tuple(official_rates(tuple(now.year.frames.get(poll, ())), places, members, scheme))


def _mean(values: Values, heads: Values, compared: tuple[int, ...]) -> float | None:
    """Mean over the compared units, weighted by members."""
    places = list(compared)
    return float(np.average(values[places], weights=heads[places])) if places else None
