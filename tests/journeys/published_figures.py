"""All published files of an instance as one index: what was told, of which file, at which place."""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

from analysis.disclosure.released import EVERYBODY, Released
from analysis.disclosure.released_assessment import Score, ShownScore, Standing, UnitAssessment, WaveChange

Place = dict[str, str]


def place_of(released: Released, row: str) -> Place:
    """Where a row of a poll stands in the published files."""
    if row == EVERYBODY:
        return {}
    for group in released.groups:
        if group.id == row:
            return {group.attribute: group.choices[0] if len(group.choices) == 1 else "POOL"}
    return {"unit": row}


class Published:
    """Looks figures up with their place, and keeps those that are not there."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.told: dict[tuple[str, str, frozenset[tuple[str, str]], str], Any] = {}
        self.missing: list[str] = []
        self.looked_up = 0
        for name, data in files.items():
            folder, _, file = name.partition("/")
            if file.endswith(".json"):
                self._read(folder, file.removesuffix(".json"), json.loads(data))

    def _read(self, folder: str, stem: str, document: dict[str, Any]) -> None:
        item = document["item"]
        retired = stem.removeprefix(item).removeprefix(".")  # retired members have files of their own
        apart = {"unit": retired} if retired else {}
        for entry in (*document["cells"], *document["means"], *document["figures"], *document["bounds"]):
            at = frozenset((apart | entry["at"]).items())
            if "id" in entry:
                self.told[folder, item, at, entry["id"]] = entry["value"]
            for key in ("n", "pct", "mean", "max"):
                if key in entry:
                    self.told[folder, item, at, key] = entry[key]

    def look_up(self, folder: str, item: str, at: Place, name: str, value: object) -> None:
        """One shown figure; None is nothing shown."""
        if value is None:
            return
        self.looked_up += 1
        found = self.told.get((folder, item, frozenset(at.items()), name))
        if found != value:
            self.missing.append(f"{folder}/{item} {at} {name}: shown {value}, published {found}")

    def numbers(self, unit: str | None = None) -> set[int]:
        """Every number told of a unit, in any file; without one, of the university and its groups."""
        return self._numbers.get(unit, set())

    @cached_property
    def _numbers(self) -> dict[str | None, set[int]]:
        found: dict[str | None, set[int]] = {}
        for (_folder, _item, at, _id), value in self.told.items():
            if isinstance(value, int):
                found.setdefault(_unit(dict(at)), set()).add(abs(value))
        return found

    def labels(self) -> Iterator[tuple[str, str]]:
        """(what was classed, its class) of every unit: counts of units are made of these."""
        for (folder, item, _at, name), value in self.told.items():
            if isinstance(value, str):
                yield f"{folder}/{item}/{name}", value

    def score(self, folder: str, item: str, at: Place, name: str, found: Score) -> None:
        self.look_up(folder, item, at, name, found.value)
        self.look_up(folder, item, at, f"{name}_low", found.low)
        self.look_up(folder, item, at, f"{name}_high", found.high)
        self.look_up(folder, item, at, f"{name}_base", found.base)

    def standing(self, folder: str, item: str, at: Place, found: Standing) -> None:
        self.look_up(folder, item, at, "class", found.label)
        self.score(folder, item, at, "shrunk", found.shrunk)
        self.look_up(folder, item, at, "reliability_percent", found.reliability_percent)

    def change(self, folder: str, item: str, at: Place, found: WaveChange) -> None:
        self.look_up(folder, item, at, "change_class", found.label)
        for name in ("before", "now", "difference", "low", "high"):
            self.look_up(folder, item, at, f"change_{name}", getattr(found, name))

    def shown(self, folder: str, at: Place, shown: tuple[ShownScore, ...]) -> None:
        for each in shown:
            self.score(folder, "staff_voice", at, each.id, each.score)

    def assessed_unit(self, folder: str, unit: UnitAssessment) -> None:
        """Every number an assessment holds of a unit."""
        at, whole = {"unit": unit.unit}, "staff_voice"
        self.look_up(folder, whole, at, "max", unit.n_eligible)
        for name in ("voice", "adjusted", "without_pressed", "evidence", "total", "official_rate"):
            self.score(folder, whole, at, name, getattr(unit, name))
        for name in (
            "n_responding",
            "response_percent",
            "tipping_gap",
            "weights_kept_percent",
            "straight_lining_percent",
            "band",
        ):
            self.look_up(folder, whole, at, name, getattr(unit, name))
        if unit.places:
            self.look_up(folder, whole, at, "best_place", unit.places.best)
            self.look_up(folder, whole, at, "worst_place", unit.places.worst)
            self.look_up(folder, whole, at, "places", unit.places.of)
        for number, condition in enumerate(unit.conditions):
            name = f"condition_{number}_{condition.band}_{condition.name}"
            self.look_up(folder, whole, at, name, condition.found)
            self.look_up(folder, whole, at, f"{name}_limit", condition.wanted)
        for flag in unit.flags:
            self.look_up(folder, whole, at, f"flag_{flag.name}", flag.value)
            self.look_up(folder, whole, at, f"flag_{flag.name}_limit", flag.limit)
        self.standing(folder, whole, at, unit.standing)
        self.change(folder, whole, at, unit.change)
        self.shown(folder, at, unit.shown)
        self.assessed_row(folder, at, unit)

    def assessed_row(self, folder: str, at: Place, row: Any) -> None:
        """Questions, criteria and cases of a unit or of the university."""
        for each in row.dimensions:
            self.score(folder, each.id, at, "score", each.score)
            self.look_up(folder, each.id, at, "unaware_percent", each.unaware_percent)
            self.standing(folder, each.id, at, each.standing)
            self.change(folder, each.id, at, each.change)
            for part in each.components:
                self.score(folder, each.id, at, part.id, part.score)
        for name in ("met", "known", "acted", "solved", "partly", "in_progress", "unsolved"):
            self.look_up(folder, "cases", at, name, getattr(row.cases, name))
        for name in ("solved", "lenient", "unknown", "first_reply", "acted", "union_first"):
            self.score(folder, "cases", at, f"{name}_percent", getattr(row.cases, f"{name}_percent"))
        for reason in row.cases.silence:
            self.look_up(folder, "cases", at, f"silence_{reason.id}", reason.percent)


def _unit(at: Place) -> str | None:
    found = at.get("unit") or at.get("row")
    return None if found is None or "=" in found else found
