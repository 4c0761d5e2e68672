"""What a release says beyond rows by columns: attribute groups, distributions of units, needs, words and themes."""

from dataclasses import dataclass
from typing import Literal

from analysis.frame import Text

Reason = Literal["too_few", "no_answers", "not_shown_by_rule"]
Joined = Literal["rare", "unanimous", "small"]


@dataclass(frozen=True, slots=True)
class ReleasedGroup:
    """One answer to a question about the respondent (staff category, age band), over the in-service total.

    `id` is "<item>=<choice>", or "<item>=POOL" for small groups put together; its
    figures are `Released.item_figure(id, column)` and `Released.criteria(id)`, as for a unit. `choices`: the answers in it.
    `n_responding` is None where it may not be told. Groups never have figures per unit.
    """

    id: str
    attribute: str
    name: Text
    choices: tuple[str, ...]
    n_responding: int | None
    withheld: Reason | None = None

    @property
    def shown(self) -> bool:
        return self.withheld is None


@dataclass(frozen=True, slots=True)
class BreakdownEntry:
    """`n` answers for any of `choices`: one choice, or several that may only be told together. `percent` of the base."""

    choices: tuple[str, ...]
    n: int
    percent: int


@dataclass(frozen=True, slots=True)
class RowDistribution:
    """How one unit or group (`row`) answered a column; the total's stands in `Released.distributions`.

    `joined` says why choices stand together: "rare" (1 to 4 people of the whole university chose one of them),
    "unanimous" (all or all but one of fewer than 20 gave one answer: three bands), "small" (fewer than 20: three bands).
    `entries` keep the order of the choices and add up to `base`. Withheld: no base, no entries.
    """

    row: str
    column: str
    base: int | None = None
    entries: tuple[BreakdownEntry, ...] = ()
    joined: Joined | None = None
    withheld: Reason | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole figure with its 95 % interval, rounded outward, and its base; None where it cannot be told."""

    value: int | None = None
    low: int | None = None
    high: int | None = None
    base: int | None = None


@dataclass(frozen=True, slots=True)
class NeedFigure:
    """One need in one row (a unit or ALL): per cent of the base. A reading without a value is not told in this row.

    `first_minus_last`: -100..100 of times shown. `worth`: the share of all first choices the need would get, per cent,
    by the choice model of the best-worst question (ALL only).
    """

    row: str
    need: str
    name: Text
    prevalence: Reading = Reading()
    urgent: Reading = Reading()
    hardest: Reading = Reading()
    wanted: Reading = Reading()
    first_minus_last: Reading = Reading()
    worth: Reading = Reading()


@dataclass(frozen=True, slots=True)
class MatchFigure:
    """A need beside the service that answers it, for the total; `verdict` as analysis.needs.services gives it."""

    need: str
    need_name: Text
    service: str | None
    service_name: Text | None
    wanted: Reading
    satisfaction: Reading
    verdict: str


@dataclass(frozen=True, slots=True)
class WordFigure:
    """A word that at least ten people of the row used in one comment question. `key`: more often than elsewhere."""

    row: str
    item: str
    word: str
    n_people: int
    percent: int
    key: bool = False


@dataclass(frozen=True, slots=True)
class ThemeFigure:
    """A theme of the comments in the total: how many comments, over which comment questions; None under ten."""

    id: str
    name: Text
    items: tuple[str, ...]
    n_comments: int | None
    withheld: Reason | None = None
