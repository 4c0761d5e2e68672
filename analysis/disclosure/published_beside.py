"""What a release tells beside its columns, as published files: respondents, needs and words."""

from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from analysis.disclosure.released import EVERYBODY, Released
from analysis.disclosure.released_breakdowns import Reading

Figures = Iterator[dict[str, Any]]


def documents_beside(released: Released, format_name: str) -> dict[str, dict[str, Any]]:
    """File name -> document. The base of all: how many answered in each row."""
    parts = {"respondents": _respondents(released), "needs": _needs(released), "words": _words(released)}
    empty: dict[str, Any] = {
        "format": format_name,
        "k": released.rules.minimum_base,
        "dims": {},
        "means": [],
        "bounds": [],
    }
    found = {name: [each for each in figures if each["value"] is not None] for name, figures in parts.items()}
    return {
        f"{name}.json": empty | {"item": name, "cells": [], "figures": figures}
        for name, figures in found.items()
        if figures
    }


def _figure(name: str, row: str, value: object, formula: str, **more: str) -> dict[str, Any]:
    at = {} if row == EVERYBODY else {"row": row}
    return {"id": name, "at": at | more, "value": value, "rounded_to": 1, "from": formula}


def _respondents(released: Released) -> Figures:
    for unit in released.units:
        yield _figure("n_responding", unit.id, unit.n_responding, "ballots counted")
        yield _figure("n_eligible", unit.id, unit.n_eligible, "members when the poll was frozen")
        yield _figure("response_percent", unit.id, unit.response_percent, "n_responding / n_eligible")
    for group in released.groups:
        yield _figure("n_responding", group.id, group.n_responding, "ballots counted")


def _needs(released: Released) -> Figures:
    for need in released.needs:
        for name in (each.name for each in fields(need)):
            reading = getattr(need, name)
            if isinstance(reading, Reading):
                yield from _readings(name, need.row, reading, need=need.need)
    for pair in released.need_service:
        for name in ("wanted", "satisfaction"):
            more = {"need": pair.need, "service": pair.service or ""}
            yield from _readings(name, EVERYBODY, getattr(pair, name), **more)


def _readings(name: str, row: str, reading: Reading, **more: str) -> Figures:
    formula = "the column of the same name, or the choice model of the best-worst screens"
    for part in (each.name for each in fields(reading)):
        yield _figure(f"{name}.{part}", row, getattr(reading, part), formula, **more)


def _words(released: Released) -> Figures:
    for word in released.words:
        more = {"item": word.item, "word": word.word}
        yield _figure("n_people", word.row, word.n_people, "comments with the word, each once", **more)
        yield _figure("percent", word.row, word.percent, "n_people / comments", **more)
    for theme in released.themes:
        yield _figure("n_comments", EVERYBODY, theme.n_comments, "comments of the theme's items", theme=theme.id)
