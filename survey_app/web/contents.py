"""The questions of a released poll in the order they were asked: one block a question, one line a row or option."""

from dataclasses import dataclass, replace

from analysis.disclosure.released import EVERYBODY, Distribution, ReleasedItem
from survey_app.web.languages import gettext as _
from survey_app.web.readings import Figure, Reading, is_outcome, spoken

#: Measures that are figures of their own; "text" and "count" columns carry no figure to show in a line.
WITH_FIGURES = frozenset({"score", "share", "first", "top", "best_worst"})


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a block: a rated statement, a row of a matrix, or an option."""

    column: str
    label: str
    figure: Figure
    exclusive: bool = False  # an answer such as "none of these", which is no difficulty and no service
    distribution: Distribution | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """One question: `measure` says what its lines show."""

    item: str
    question: str
    measure: str
    lines: tuple[Line, ...]
    choices: tuple[tuple[str, str], ...] = ()  # id and words of the answers, for the key of the distributions

    @property
    def is_score(self) -> bool:
        return self.measure == "score"

    @property
    def any_shown(self) -> bool:
        return any(line.figure.shown for line in self.lines)

    @property
    def base(self) -> int | None:
        """How many answered the question; its lines share it, but for the screens of a best-worst question."""
        return max((line.figure.base for line in self.lines if line.figure.base), default=None)

    @property
    def shares(self) -> tuple[Line, ...]:
        """The shown lines, the largest share first."""
        shown = [line for line in self.lines if line.figure.shown]
        return tuple(sorted(shown, key=lambda line: -(line.figure.value or 0)))

    @property
    def matters(self) -> "Block":
        """Without the answers that stand for no matter at all, such as "none of these"."""
        return replace(self, lines=tuple(line for line in self.lines if not line.exclusive))

    @property
    def apart(self) -> tuple[Line, ...]:
        """The shown answers that stand for no matter at all."""
        return tuple(line for line in self.lines if line.exclusive and line.figure.shown)

    @property
    def kind_words(self) -> str:
        """What the figures of the lines say."""
        return {
            "share": _("选这一项的占多少，括号内是误差范围。"),
            "first": _("排在第一位的占多少，括号内是误差范围。"),
            "top": _("排进前几位的占多少，括号内是误差范围。"),
            "best_worst": _("选“最该先办”减去选“可放最后”，从 −100 到 100。"),
        }.get(self.measure, "")


@dataclass(frozen=True, slots=True)
class Part:
    """One section of the questionnaire."""

    id: str
    title: str
    blocks: tuple[Block, ...]

    @property
    def scores(self) -> tuple[Block, ...]:
        return tuple(block for block in self.blocks if block.is_score)


def parts(reading: Reading, unit_id: str = EVERYBODY, *, outcomes: bool = False) -> tuple[Part, ...]:
    """The sections with their questions for one unit; sections without a figure are left out.

    `outcomes`: also the favourable share of a choice among outcomes, where the shares of all options are not shown.
    """
    found = []
    for section in reading.released.sections:
        items = [item for item in reading.released.items if item.section == section.id and _has_figures(item)]
        if not outcomes:  # the shares of all options say it already
            items = [item for item in items if not is_outcome(item)]
        blocks = tuple(_block(reading, unit_id, group) for group in _grouped(items))
        if blocks:
            found.append(Part(section.id, spoken(section.title), blocks))
    return tuple(found)


def block_of(reading: Reading, unit_id: str, measure_id: str, measure: str | None = None) -> Block | None:
    """The block of the question that belongs to one subject, e.g. "need_urgent"."""
    items = [item for item in reading.feeding(measure_id) if _has_figures(item) and measure in (None, item.measure)]
    groups = _grouped(items)
    return _block(reading, unit_id, groups[0]) if groups else None


def _has_figures(item: ReleasedItem) -> bool:
    return item.measure in WITH_FIGURES and not item.personal


def _grouped(items: list[ReleasedItem]) -> list[list[ReleasedItem]]:
    """Columns of the same question and measure belong to one block."""
    groups: dict[tuple[str, str], list[ReleasedItem]] = {}
    for item in items:
        groups.setdefault((item.item, item.measure), []).append(item)
    return list(groups.values())


def _block(reading: Reading, unit_id: str, items: list[ReleasedItem]) -> Block:
    first = items[0]
    return Block(
        item=first.item,
        question=spoken(first.text).rstrip("：:"),
        measure=first.measure,
        lines=tuple(_line(reading, unit_id, item) for item in items),
        choices=tuple((choice.id, spoken(choice.text)) for choice in first.choices if choice.role == "answer"),
    )


def _line(reading: Reading, unit_id: str, item: ReleasedItem) -> Line:
    distribution = reading.distribution(item.column) if unit_id == EVERYBODY and item.measure == "score" else None
    exclusive = any(choice.id == item.option and choice.role == "exclusive" for choice in item.choices)
    return Line(item.column, reading.label(item), reading.main_figure(unit_id, item), exclusive, distribution)
