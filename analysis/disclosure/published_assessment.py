"""The released assessment as files of the format `survey_app.published/1`: one for each question and criterion, one for the
whole, one for the cases that staff report. They hold derived figures and counts only; the cells are those of the polls."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from analysis.disclosure.assessment_figures import RULES
from analysis.disclosure.middles import middles_of_assessment
from analysis.disclosure.released_assessment import (
    Cases,
    DimensionScore,
    ReleasedAssessment,
    Score,
    Standing,
    UnitAssessment,
    WaveChange,
)

FORMAT = "survey_app.published/1"
UNIT, TYPE = "unit", "unit_type"
WHOLE, CASES = "staff_voice", "cases"

_FORMULAS = {
    "score": "weighted mean of item scores (value - 1) / (points - 1) * 100, by head counts of staff categories in the unit",
    "plain": "mean of item scores (value - 1) / (points - 1) * 100, each answer alike",
    "class": "posterior contrast with the rest of the university, statistics 4.5",
    "shrunk": "shrunk towards the mean of units by its uncertainty, statistics 4.4",
    "change": "this wave less the one before over common parts, Welch test, Benjamini-Hochberg over units",
    "places": "90 % rank interval by joint draws, statistics 4.6",
    "count": "number of answers",
    "share": "100 * answers that count / answers in the base",
    "members": "members when the poll was frozen",
    "rate": "100 * respondents / members",
    "total": "0.70 staff voice + 0.30 evidence; without evidence the staff voice",
    "adjusted": "staff voice at the university's mix of categories and ages",
    "entered": "entered by the university union",
    "scheme": "set by the scheme before the poll",
    "middle": "median of the units' published figures, three or more; of similar units: the others of the same type",
}


@dataclass(frozen=True, slots=True)
class _Row:
    """One derived number: what it is, of which unit or type of units (neither: all in service), and how it was rounded."""

    id: str
    unit: str | None
    value: float | int | str
    rounded_to: int
    formula: str
    unit_type: str | None = None


def published_assessment(released: ReleasedAssessment) -> dict[str, bytes]:
    """File name -> bytes; the same release gives the same files. Every number of the assessment that anybody is shown is in one."""
    rows: dict[str, list[_Row]] = {WHOLE: list(_whole(released)), CASES: list(_cases(released))}
    for info in released.dimensions:
        rows[info.id] = list(_dimension(released, info.id))
    for each in middles_of_assessment(released, WHOLE):
        rows[each.item].append(_Row(each.id, each.unit, each.value, 1, "middle", each.unit_type))
    return {f"{name}.json": _document(released, name, own) for name, own in sorted(rows.items())}


def _document(released: ReleasedAssessment, item: str, rows: list[_Row]) -> bytes:
    units = [unit.unit for unit in released.units]
    document = {
        "format": FORMAT,
        "item": item,
        "k": RULES.figure,
        "dims": {UNIT: {"role": "group", "leaves": units, "parents": {}}},
        "cells": [],
        "means": [],
        "figures": [_figure(row, released.version) for row in rows],
        "bounds": [{"at": {UNIT: unit.unit}, "min": 0, "max": unit.n_eligible} for unit in released.units],
    }
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _figure(row: _Row, version: str) -> dict[str, Any]:
    places = {UNIT: row.unit, TYPE: row.unit_type}
    at = {name: place for name, place in places.items() if place is not None}
    told = f"{_FORMULAS[row.formula]} (method {version})"
    return {"id": row.id, "at": at, "value": row.value, "rounded_to": row.rounded_to, "from": told}


def _whole(released: ReleasedAssessment) -> Iterator[_Row]:
    everyone = released.university
    yield from _score("voice", None, everyone.voice, "score")
    yield from _score("voice_before", None, everyone.voice_before, "score")
    yield _Row("n_responding", None, everyone.n_responding, 1, "count")
    yield _Row("n_eligible", None, everyone.n_eligible, 1, "members")
    if everyone.spread is not None:
        yield _Row("spread", None, everyone.spread, 1, "shrunk")
    for shown in everyone.shown:
        yield from _score(shown.id, None, shown.score, "share")
    for unit in released.units:
        yield from _unit(unit)


def _unit(unit: UnitAssessment) -> Iterator[_Row]:
    scores = (
        ("voice", unit.voice, "score"),
        ("adjusted", unit.adjusted, "adjusted"),
        ("without_pressed", unit.without_pressed, "score"),
        ("evidence", unit.evidence, "entered"),
        ("total", unit.total, "total"),
        ("official_rate", unit.official_rate, "share"),
        *((shown.id, shown.score, "share") for shown in unit.shown),
    )
    for name, score, formula in scores:
        yield from _score(name, unit.unit, score, formula)
    numbers = (
        ("n_responding", unit.n_responding, "count"),
        ("response_percent", unit.response_percent, "rate"),
        ("straight_lining_percent", unit.straight_lining_percent, "share"),
        ("tipping_gap", unit.tipping_gap, "class"),
        ("weights_kept_percent", unit.weights_kept_percent, "class"),
        ("best_place", unit.places.best if unit.places else None, "places"),
        ("worst_place", unit.places.worst if unit.places else None, "places"),
        ("places", unit.places.of if unit.places else None, "places"),
    )
    for number, found, formula in numbers:
        if found is not None:
            yield _Row(number, unit.unit, found, 1, formula)
    for place, condition in enumerate(unit.conditions):
        name = f"condition_{place}_{condition.band}_{condition.name}"
        yield from _against(name, unit.unit, condition.found, condition.wanted, "score")
    for flag in unit.flags:
        yield from _against(f"flag_{flag.name}", unit.unit, flag.value, flag.limit, "share")
    yield _Row("band", unit.unit, unit.band, 1, "total")
    yield from _standing(unit.unit, unit.standing)
    yield from _change(unit.unit, unit.change)


def _against(name: str, unit: str, found: int | None, limit: int | None, formula: str) -> Iterator[_Row]:
    """What was found, and the limit it is held against."""
    if found is not None:
        yield _Row(name, unit, found, 1, formula)
    if limit is not None:
        yield _Row(f"{name}_limit", unit, limit, 1, "scheme")


def _dimension(released: ReleasedAssessment, dimension_id: str) -> Iterator[_Row]:
    for each in released.university.dimensions:
        if each.id == dimension_id:
            yield from _dimension_of(None, each)
    for unit in released.units:
        yield from _dimension_of(unit.unit, unit.dimension(dimension_id))


def _dimension_of(unit: str | None, found: DimensionScore) -> Iterator[_Row]:
    yield from _score("score", unit, found.score, "score")
    for part in found.components:
        yield from _score(part.id, unit, part.score, "score")
    if found.unaware_percent is not None:
        yield _Row("unaware_percent", unit, found.unaware_percent, 1, "share")
    yield from _standing(unit, found.standing)
    yield from _change(unit, found.change)


def _cases(released: ReleasedAssessment) -> Iterator[_Row]:
    yield from _cases_of(None, released.university.cases)
    for unit in released.units:
        yield from _cases_of(unit.unit, unit.cases)


def _cases_of(unit: str | None, cases: Cases) -> Iterator[_Row]:
    for name in ("met", "known", "acted", "solved", "partly", "in_progress", "unsolved"):
        if (count := getattr(cases, name)) is not None:
            yield _Row(name, unit, count, 1, "count")
    for name in ("solved", "lenient", "unknown", "first_reply", "acted", "union_first"):
        yield from _score(f"{name}_percent", unit, getattr(cases, f"{name}_percent"), "share")
    for each in cases.silence:
        yield _Row(f"silence_{each.id}", unit, each.percent, 1, "share")


def _score(name: str, unit: str | None, score: Score, formula: str) -> Iterator[_Row]:
    own = "plain" if score.unweighted and formula == "score" else formula
    if score.value is not None:
        yield _Row(name, unit, score.value, RULES.step if score.in_fives else 1, own)
    for end, value in (("low", score.low), ("high", score.high)):
        if value is not None:
            yield _Row(f"{name}_{end}", unit, value, 1, own)
    if score.base is not None:
        yield _Row(f"{name}_base", unit, score.base, 1, "count")


def _standing(unit: str | None, standing: Standing) -> Iterator[_Row]:
    if standing.label is None:
        return
    yield _Row("class", unit, standing.label, 1, "class")
    yield from _score("shrunk", unit, standing.shrunk, "shrunk")
    if standing.reliability_percent is not None:
        yield _Row("reliability_percent", unit, standing.reliability_percent, 1, "shrunk")


def _change(unit: str | None, change: WaveChange) -> Iterator[_Row]:
    if change.label is None:
        return
    yield _Row("change_class", unit, change.label, 1, "change")
    for name in ("before", "now", "difference", "low", "high"):
        if (value := getattr(change, name)) is not None:
            yield _Row(f"change_{name}", unit, value, 1, "change")
