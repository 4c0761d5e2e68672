"""A released poll as files of the format `survey_app.published/1`, one for each column of the results: what anybody may attack.

A file holds every number that is shown of its column: counts, per cent, means, and derived figures with where they come
from. It is made of the released document alone, so the files and the pages cannot differ.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from analysis.disclosure.middles import OF_SIMILAR, middles_of_column
from analysis.disclosure.published_beside import documents_beside
from analysis.disclosure.released import (
    EVERYBODY,
    POOL,
    CriterionFigure,
    Distribution,
    DistributionEntry,
    ItemFigure,
    Released,
    ReleasedItem,
    ReleasedUnit,
)
from analysis.disclosure.released_breakdowns import BreakdownEntry, RowDistribution

FORMAT = "survey_app.published/1"
UNIT, ANSWER = "unit", "answer"
VALID = "valid"  # an answer to the question at all: the base of the row
TOP = "top"  # the favourable answers of top_two_box_percent
_RETIRED = "retired"
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]")
_SHARES = {"share", "first", "top"}

Code = dict[str, str]


def published_files(released: Released) -> dict[str, bytes]:
    """File name -> bytes; the same release gives the same files.

    Retired members belong to no total, so each of their units has files of its own, named after it.
    """
    own = [unit for unit in released.units if unit.unit_type == _RETIRED]
    documents = {f"{item.column}.json": _item(released, item, None) for item in released.items}
    documents |= {f"{each.id}.json": _criterion(released, each.id, None) for each in released.criteria_list}
    documents |= documents_beside(released, FORMAT)
    for unit in own:
        documents |= {f"{item.column}.{unit.id}.json": _item(released, item, unit) for item in released.items}
        documents |= {
            f"{each.id}.{unit.id}.json": _criterion(released, each.id, unit) for each in released.criteria_list
        }
    return {_UNSAFE.sub("-", name): _written(document) for name, document in sorted(documents.items())}


def _written(document: dict[str, Any]) -> bytes:
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _item(released: Released, item: ReleasedItem, apart: ReleasedUnit | None) -> dict[str, Any]:
    document = _frame(released, item.column, apart)
    answers = document["dims"][ANSWER] = _answers(item)
    beside = middles_of_column(released, item.column) if apart is None else {}
    for row, at in _rows(released, apart):
        figure, told = released.item_figure(row, item.column), _distribution(released, row, item.column)
        document["cells"] += [*_base(figure, told, at, item), *_counts(told, at, answers)]
        document["figures"] += _percents(told, at, released.method_version)
        document["means"] += _mean(figure, at)
        document["figures"] += _figures(figure, at, released.method_version)
        if row in beside:
            document["figures"] += _told({OF_SIMILAR: beside[row]}, at, "median of the means of the others of its type")
        comments = released.comment_count(row, item.item) if item.measure == "text" else None
        if comments is not None:
            document["cells"].append({"at": at, "n": comments.n})
    return document


def _criterion(released: Released, criterion: str, apart: ReleasedUnit | None) -> dict[str, Any]:
    document = _frame(released, criterion, apart)
    found = {
        each.unit: each
        for each in (*released.criterion_figures, *released.group_criteria)
        if each.criterion == criterion
    }
    for row, at in _rows(released, apart):
        figure = found.get(row)
        if figure is not None:
            document["cells"].append({"at": at, "n": figure.base})
            document["figures"] += _scores(figure, at, released.method_version)
    return document


def _frame(released: Released, item: str, apart: ReleasedUnit | None) -> dict[str, Any]:
    """The document without its numbers: groups, what everybody knows beforehand."""
    dims: dict[str, Any] = {}
    bounds: list[dict[str, Any]] = []
    if apart is not None:
        bounds = [{"at": {}, "min": 0, "max": apart.n_eligible}]
    else:
        units = [unit for unit in released.units if _in_total(unit)]
        pooled = [unit.id for unit in units if unit.pooled_into == POOL]
        dims[UNIT] = _dim("group", [unit.id for unit in units], {POOL: pooled} if pooled else {})
        bounds = [{"at": {UNIT: unit.id}, "min": 0, "max": unit.n_eligible} for unit in units]
        for attribute in dict.fromkeys(group.attribute for group in released.groups):
            groups = [group for group in released.groups if group.attribute == attribute]
            leaves = list(dict.fromkeys(choice for group in groups for choice in group.choices))
            small = next((list(group.choices) for group in groups if len(group.choices) > 1), [])
            dims[attribute] = _dim("group", leaves, {POOL: small} if small else {})
    return {
        "format": FORMAT,
        "item": item,
        "k": released.rules.minimum_base,
        "dims": dims,
        "cells": [],
        "means": [],
        "figures": [],
        "bounds": bounds,
    }


def _dim(role: str, leaves: Sequence[str], parents: dict[str, list[str]]) -> dict[str, Any]:
    return {"role": role, "leaves": list(leaves), "parents": parents}


def _in_total(unit: ReleasedUnit) -> bool:
    outside = unit.id in (EVERYBODY, POOL) or unit.unit_type == _RETIRED
    return not outside and "left_out_of_total" not in unit.notes


def _rows(released: Released, apart: ReleasedUnit | None) -> Iterator[tuple[str, Code]]:
    """Every row of figures and where it stands."""
    if apart is not None:
        yield apart.id, {}
        return
    for unit in released.units:
        if unit.id == EVERYBODY:
            yield unit.id, {}
        elif unit.id == POOL or (_in_total(unit) and unit.pooled_into is None):
            yield unit.id, {UNIT: unit.id}
    for group in released.groups:
        yield group.id, {group.attribute: group.choices[0] if len(group.choices) == 1 else POOL}


def _answers(item: ReleasedItem) -> dict[str, Any]:
    """The answers that exclude each other: the choices with their scores of 0..100, or for a share the option and all else.

    VALID holds those that count in the base.
    """
    if item.measure in _SHARES and item.option is not None:
        leaves = [item.option, "else"]
        return _dim(ANSWER, leaves, {VALID: leaves})
    valid = [choice.id for choice in item.choices if choice.role != "missing"]
    scores = {choice.id: choice.score for choice in item.choices if choice.score is not None}
    dim = _dim(ANSWER, [choice.id for choice in item.choices], {VALID: list(scores) or valid})
    if scores:
        dim["scores"] = scores
        dim["parents"][TOP] = list(item.top_choices)
    return dim


def _distribution(released: Released, row: str, column: str) -> Distribution | RowDistribution | None:
    if row == EVERYBODY:
        return released.distribution(column)
    found: RowDistribution | None = released._index.get(("row", row, column))  # noqa: SLF001 - a row without one has none
    return found


def _base(
    figure: ItemFigure, told: Distribution | RowDistribution | None, at: Code, item: ReleasedItem
) -> list[dict[str, Any]]:
    """How many answered, as the figure of the row says it or, where only its answers are told, their sum."""
    base = figure.base if figure.base is not None or told is None else told.base
    cells: list[dict[str, Any]] = [{"at": {**at, ANSWER: VALID}, "n": base}]
    if figure.share_percent is not None and item.option is not None:
        share = {"at": {**at, ANSWER: item.option}, "pct": figure.share_percent, "decimals": 0}
        cells.append(share | {"bound": True} if figure.coarse and figure.share_low is None else share)
    return cells


def _counts(told: Distribution | RowDistribution | None, at: Code, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Counts of answers; choices that are told together become a parent of the answer dimension."""
    if told is None:
        return []
    cells = []
    for each in _entries(told):
        choices, code = _choices(each), _code(each)
        if len(choices) > 1:
            answers["parents"][code] = list(choices)
        elif code not in answers["leaves"]:
            answers["leaves"].append(code)
        cells.append({"at": {**at, ANSWER: code}, "n": each.n})
    return cells


def _percents(told: Distribution | RowDistribution | None, at: Code, version: str) -> list[dict[str, Any]]:
    """The count of each answer as a share of all that are told; of answers beside the base, of all who were asked."""
    if told is None:
        return []
    formula = f"n / answers_told; of answers that do not count: n / all who were asked (method {version})"
    found = _told({"answers_told": told.base}, at, "sum of the counts, with answers that the mean leaves out")
    for each in _entries(told):
        found += _told({"percent": each.percent}, at | {ANSWER: _code(each)}, formula)
    return found


def _entries(told: Distribution | RowDistribution) -> tuple[DistributionEntry | BreakdownEntry, ...]:
    return (*told.entries, *told.missing) if isinstance(told, Distribution) else told.entries


def _choices(entry: DistributionEntry | BreakdownEntry) -> tuple[str, ...]:
    return (entry.choice,) if isinstance(entry, DistributionEntry) else entry.choices


def _code(entry: DistributionEntry | BreakdownEntry) -> str:
    return "+".join(_choices(entry))


def _mean(figure: ItemFigure, at: Code) -> list[dict[str, Any]]:
    """The mean of the scores of the valid answers; one told coarsely is rounded to 5 within 5..95."""
    if figure.mean is None:
        return []
    told = {"at": at, "of": ANSWER, "mean": figure.mean, "decimals": 0}
    return [told | {"rounded_to": 5}] if figure.coarse else [told]


def _figures(figure: ItemFigure, at: Code, version: str) -> list[dict[str, Any]]:
    named = {
        "mean_low": figure.mean_low,
        "mean_high": figure.mean_high,
        "top_two_box_percent": figure.top_two_box_percent,
        "top_two_box_low": figure.top_two_box_low,
        "top_two_box_high": figure.top_two_box_high,
        "share_low": figure.share_low,
        "share_high": figure.share_high,
        "dont_know_percent": figure.dont_know_percent,
    }
    told = _told(named, at, f"answers to this question in the base of the row (method {version})")
    if figure.coarse and figure.top_two_box_low is None:
        for each in told:
            each["bound"] = each["id"] == "top_two_box_percent"  # at least if over 50, at most if under 50
    return told


def _scores(figure: CriterionFigure, at: Code, version: str) -> list[dict[str, Any]]:
    named = {
        "score": figure.score,
        "low": figure.low,
        "high": figure.high,
        "dont_know_percent": figure.dont_know_percent,
    }
    formula = "per respondent the mean of the answered items of the criterion, per row the mean of respondents"
    return _told(named, at, f"{formula} (method {version})")


def _told(named: dict[str, int | None], at: Code, formula: str) -> list[dict[str, Any]]:
    return [
        {"id": name, "at": at, "value": value, "rounded_to": 1, "from": formula}
        for name, value in named.items()
        if value is not None
    ]
