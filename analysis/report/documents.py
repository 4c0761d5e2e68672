"""The released documents one report is made of: a wave's assessment and its polls, with the wave before. Nothing else."""

from dataclasses import dataclass

from analysis.disclosure.middles import middle as typical
from analysis.disclosure.middles import similar_units
from analysis.disclosure.released import EVERYBODY, ItemFigure, Released, ReleasedItem
from analysis.disclosure.released_assessment import ReleasedAssessment, UnitAssessment
from analysis.disclosure.released_breakdowns import MatchFigure
from analysis.disclosure.wave_match import need_service_of

MAIN = "staff_home_annual"


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns of one subject and the released poll they belong to."""

    released: Released
    items: tuple[ReleasedItem, ...]

    def figures(self, unit: str) -> tuple[tuple[ReleasedItem, ItemFigure], ...]:
        """Columns with a shown share or score for a unit, the largest first; answers that stand for no matter left out."""
        if not has_unit(self.released, unit):
            return ()
        pairs = [(item, self.released.item_figure(unit, item.column)) for item in self.items if not exclusive(item)]
        shown = [(item, figure) for item, figure in pairs if value_of(figure) is not None]
        return tuple(sorted(shown, key=lambda pair: -(value_of(pair[1]) or 0)))


@dataclass(frozen=True, slots=True)
class WaveDocuments:
    """`polls` of the wave and `polls_before` of the wave before, both in any order."""

    assessment: ReleasedAssessment
    polls: tuple[Released, ...]
    before: ReleasedAssessment | None = None
    polls_before: tuple[Released, ...] = ()

    @property
    def wave(self) -> str:
        return self.assessment.wave

    @property
    def main(self) -> Released | None:
        """The poll that asks everybody about the branches; the one with units and turnout."""
        return self.poll(MAIN)

    def poll(self, questionnaire: str) -> Released | None:
        return _of(self.polls, questionnaire)

    def poll_before(self, questionnaire: str) -> Released | None:
        return _of(self.polls_before, questionnaire)

    def asked(self, measure: str, kind: str = "share") -> Asked | None:
        """The columns that feed a subject, e.g. "need_urgent", with figures of one kind; None if no poll asked."""
        for released in self.polls:
            items = tuple(item for item in released.items if measure in item.feeds and item.measure == kind)
            if items:
                return Asked(released, items)
        return None

    def item(self, item: str, measure: str = "score") -> tuple[Released, ReleasedItem] | None:
        """The column of an item such as b01 and its poll; None if no poll of this wave asked it."""
        for released in self.polls:
            for each in released.items:
                if each.item == item and each.measure == measure:
                    return released, each
        return None

    def column(self, column: str) -> tuple[Released, ReleasedItem] | None:
        return next(((released, released.item(column)) for released in self.polls if column in released), None)

    def figure_before(self, released: Released, unit: str, column: str) -> ItemFigure | None:
        """The same figure of the wave before, if it may be shown."""
        earlier = self.poll_before(released.poll.questionnaire)
        if earlier is None or column not in earlier or not has_unit(earlier, unit):
            return None
        return earlier.item_figure(unit, column)

    @property
    def need_service(self) -> tuple[MatchFigure, ...]:
        """Needs beside services, whichever polls of the wave asked for them."""
        return need_service_of(self.polls)

    def similar(self, unit: UnitAssessment) -> tuple[UnitAssessment, ...]:
        """The other units of the same type."""
        return similar_units(self.assessment, unit)


def _of(polls: tuple[Released, ...], questionnaire: str) -> Released | None:
    return next((each for each in polls if each.poll.questionnaire == questionnaire), None)


def has_unit(released: Released, unit: str) -> bool:
    """Whether the release has a row of this id, shown or withheld."""
    return any(each.id == unit for each in released.units)


def exclusive(item: ReleasedItem) -> bool:
    """An answer that stands for no matter at all, such as "none of these"."""
    return any(choice.id == item.option and choice.role == "exclusive" for choice in item.choices)


def value_of(figure: ItemFigure) -> int | None:
    """The number a column is known by: its share, else its score."""
    return figure.share_percent if figure.share_percent is not None else figure.mean


def in_service(assessment: ReleasedAssessment) -> tuple[UnitAssessment, ...]:
    """The units that are graded and compared: without retired members, who are shown apart."""
    return tuple(each for each in assessment.units if "apart" not in each.notes)


__all__ = ["EVERYBODY", "Asked", "WaveDocuments", "exclusive", "has_unit", "in_service", "typical", "value_of"]
