"""A hostile statistician: reads the published files alone, knows every rule, and looks for somebody in a small group.

Independent of the gate: nothing of analysis.disclosure is used here but the bytes of the files.
"""

import json
from collections.abc import Sequence

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

OTHERS = "(did not say)"
NOTHING = "(no answer)"


class Attacker:
    """All that the files of one question say, over units x the groups of one attribute x answers."""

    def __init__(
        self, files: dict[str, bytes], question: str, attribute: str | None, responding: dict[str, int]
    ) -> None:
        self.document = json.loads(files[f"{question}.json"])
        dims = self.document["dims"]
        self.units = dims["unit"]["leaves"]
        self.groups = [*(dims[attribute]["leaves"] if attribute else ()), OTHERS]
        self.answers = [*dims["answer"]["leaves"], NOTHING]
        self.attribute = attribute
        self._matrix: list[tuple[np.ndarray, float, float]] = []
        self._read(responding)

    def least(self, cells: Sequence[tuple[str, str]], answer: str) -> float:
        """How many people of these unit x group cells must have given the answer."""
        cost = np.zeros(self._size)
        for unit, group in cells:
            cost[self._place(unit, group, answer)] = 1
        return float(self._solved(cost).fun)

    def all_possibly_nobody(self, targets: Sequence[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
        """Of the (unit, group, answer) given, those of whom the files prove that somebody is there."""
        left = list(targets)
        while left:
            cost = np.zeros(self._size)
            cost[[self._place(*each) for each in left]] = 1
            solution = self._solved(cost).x
            rest = [each for each in left if solution[self._place(*each)] > 1e-6]
            if len(rest) == len(left):
                return [each for each in left if self.least([each[:2]], each[2]) > 1e-6]
            left = rest
        return []

    @property
    def _size(self) -> int:
        return len(self.units) * len(self.groups) * len(self.answers)

    def _place(self, unit: str, group: str, answer: str) -> int:
        row = self.units.index(unit) * len(self.groups) + self.groups.index(group)
        return row * len(self.answers) + self.answers.index(answer)

    def _members(self, dim: str, code: str | None, leaves: Sequence[str]) -> list[str]:
        if code is None:
            return list(leaves)
        parents = self.document["dims"].get(dim, {}).get("parents", {})
        return list(parents.get(code, [code]))

    def _who(self, at: dict[str, str]) -> list[tuple[str, str]] | None:
        """The cells of a published group; None if it is about an attribute we do not look at."""
        if set(at) - {"unit", "answer", self.attribute}:
            return None
        units = self._members("unit", at.get("unit"), self.units)
        groups = self._members(self.attribute or "", at.get(self.attribute or ""), self.groups)
        return [(unit, group) for unit in units for group in groups]

    def _add(self, who: list[tuple[str, str]], weights: dict[str, float], low: float, high: float) -> None:
        row = np.zeros(self._size)
        for unit, group in who:
            for answer, weight in weights.items():
                row[self._place(unit, group, answer)] = weight
        self._matrix.append((row, low, high))

    def _read(self, responding: dict[str, int]) -> None:
        bases: dict[str, float] = {}
        every = dict.fromkeys(self.answers, 1.0)
        for unit, n in responding.items():
            self._add([(unit, group) for group in self.groups], every, n, n)
        for bound in self.document["bounds"]:
            who = self._who(bound["at"])
            if who:
                self._add(who, every, bound["min"], bound["max"])
        for cell in self.document["cells"]:
            who, at = self._who(cell["at"]), dict(cell["at"])
            answer = at.pop("answer", None)
            told = dict.fromkeys(self._members("answer", answer, self.answers), 1.0)
            if who is None or cell.get("n") is None:
                continue
            if answer == "valid":
                bases[json.dumps(at, sort_keys=True)] = cell["n"]
            self._add(who, told, cell["n"], cell["n"])
        self._read_means(bases)
        self._read_top(bases)

    def _read_means(self, bases: dict[str, float]) -> None:
        scores = self.document["dims"]["answer"].get("scores")
        for mean in self.document["means"]:
            who, base = self._who(mean["at"]), bases.get(json.dumps(mean["at"], sort_keys=True))
            if who is None or base is None or scores is None:
                continue
            half = mean.get("rounded_to", 1) / 2
            low = 0 if half > 1 and mean["mean"] == 5 else mean["mean"] - half
            high = 100 if half > 1 and mean["mean"] == 95 else mean["mean"] + half
            self._add(who, scores, base * low - 1e-6, base * high + 1e-6)

    def _read_top(self, bases: dict[str, float]) -> None:
        top = self.document["dims"]["answer"]["parents"].get("top")
        for figure in self.document["figures"]:
            who, base = self._who(figure["at"]), bases.get(json.dumps(figure["at"], sort_keys=True))
            if figure["id"] == "top_two_box_percent" and top and who and base and not figure.get("bound"):
                value = figure["value"] / 100
                self._add(who, dict.fromkeys(top, 1.0), base * (value - 0.005), base * (value + 0.005))

    def _solved(self, cost: np.ndarray):
        rows = np.array([row for row, _, _ in self._matrix])
        low, high = (np.array([each[place] for each in self._matrix]) for place in (1, 2))
        same = low == high
        above = csr_array(np.vstack([rows[~same], -rows[~same]])) if (~same).any() else None
        limits = np.concatenate([high[~same], -low[~same]]) if (~same).any() else None
        found = linprog(cost, above, limits, csr_array(rows[same]), high[same], method="highs")
        assert found.status == 0, found.message
        return found
