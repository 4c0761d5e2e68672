"""What staff need, matter by matter: how many meet it, and how many call it most urgent, hardest, most in need of help."""

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from analysis.disclosure.released_breakdowns import MatchFigure
from analysis.disclosure.released_breakdowns import Reading as Bounded
from analysis.disclosure.wave_match import need_service_of
from survey_app.web.contents import Block, block_of
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language
from survey_app.web.readings import Figure, Reading, spoken

#: In this order: the questions are asked apart and never added up.
QUESTIONS = ("need_prevalence", "need_urgent", "need_hard", "need_wanted")
BAR = 96  # pixels for the largest figure of a column


@dataclass(frozen=True, slots=True)
class NeedColumn:
    id: str
    words: str
    base: int | None


@dataclass(frozen=True, slots=True)
class NeedCell:
    figure: Figure | None
    bar: Markup


@dataclass(frozen=True, slots=True)
class NeedRow:
    label: str
    cells: tuple[NeedCell, ...]


@dataclass(frozen=True, slots=True)
class NeedsMap:
    """Matters, those most in need of the union's help first; `priority` is the first-and-last question."""

    columns: tuple[NeedColumn, ...]
    rows: tuple[NeedRow, ...]
    first: Block
    wanted: Block | None
    priority: Block | None
    apart: tuple[str, ...]


def needs_map(reading: Reading, unit_id: str) -> NeedsMap | None:
    """The map of one unit or of everybody; None where the questionnaire asked nothing of it."""
    blocks = {name: block_of(reading, unit_id, name) for name in QUESTIONS}
    found = {name: block for name, block in blocks.items() if block is not None and block.any_shown}
    if not found:
        return None
    figures = {
        name: {_matter(line.column): line.figure for line in block.matters.lines} for name, block in found.items()
    }
    labels = {_matter(line.column): line.label for block in found.values() for line in block.matters.lines}
    first = figures.get("need_wanted") or next(iter(figures.values()))
    order = sorted(labels, key=lambda matter: -(_value(first.get(matter))))
    longest = {name: max([1, *(_value(figure) for figure in own.values())]) for name, own in figures.items()}
    wanted, priority = blocks["need_wanted"], block_of(reading, unit_id, "need_priority")
    return NeedsMap(
        columns=tuple(NeedColumn(name, _words(name), block.base) for name, block in found.items()),
        rows=tuple(
            NeedRow(labels[matter], tuple(_cell(figures[name].get(matter), longest[name]) for name in found))
            for matter in order
        ),
        first=next(iter(found.values())),
        wanted=wanted if wanted is not None and wanted.any_shown else None,
        priority=priority if priority is not None and priority.any_shown else None,
        apart=tuple(f"{line.label} {line.figure.words}" for line in found[next(iter(found))].apart),
    )


@dataclass(frozen=True, slots=True)
class MatchLine:
    """A need beside the service that answers it: `advice` says what to do, `urgent` that it comes first."""

    need: str
    wanted: str
    service: str
    satisfaction: str
    advice: str
    urgent: bool
    open: bool  # the figures do not decide


OTHER = "other"  # no matter of its own, so nothing to advise
ADVISED = ("act_now", "no_service", "keep", "review_cost", "watch")


def need_service(readings: Iterable[Reading | None]) -> tuple[MatchLine, ...]:
    """The match of the wave's polls, what to act on first, what cannot be told last; nothing where they do not ask."""
    polls = [reading.released for reading in readings if reading]
    found = [each for each in need_service_of(polls) if each.need != OTHER]
    lines = [(ADVISED.index(each.verdict) if each.verdict in ADVISED else len(ADVISED), each) for each in found]
    return tuple(_match_line(each) for _place, each in sorted(lines, key=lambda line: line[0]))


def _match_line(match: MatchFigure) -> MatchLine:
    return MatchLine(
        need=spoken(match.need_name),
        wanted=_told(match.wanted, "%"),
        service=spoken(match.service_name) if match.service_name else _("没有相应的服务"),
        satisfaction=_told(match.satisfaction, ""),
        advice=_advice(match),
        urgent=match.verdict in {"act_now", "no_service"},
        open=match.verdict not in ADVISED,
    )


def _told(reading: Bounded, sign: str) -> str:
    if reading.value is None:
        return ""
    words = f"{reading.value}{sign}"
    if reading.low is None or reading.high is None:
        return words
    left, right = (" (", ")") if language() == "en" else ("（", "）")
    return f"{words}{left}{reading.low}–{reading.high}{right}"


def _advice(match: MatchFigure) -> str:
    if match.verdict == "watch" and match.service is None:
        return _("先观察：需要的人少")
    return {
        "act_now": _("马上加强：需要的人多，服务不够好"),
        "no_service": _("考虑新设：需要的人多，还没有相应的服务"),
        "keep": _("保持：需要的人多，服务好"),
        "review_cost": _("看看花费：需要的人少，服务好"),
        "watch": _("先观察：需要的人少，服务一般"),
    }.get(match.verdict, _("看不出差别，暂不下结论"))


def _matter(column: str) -> str:
    """The option's code: the four questions name the same matters."""
    return column.split(".", maxsplit=1)[-1]


def _value(figure: Figure | None) -> int:
    return figure.value if figure is not None and figure.shown and figure.value is not None else -1


def _words(name: str) -> str:
    return {
        "need_prevalence": _("遇到过"),
        "need_urgent": _("最急"),
        "need_hard": _("靠自己最难"),
        "need_wanted": _("最需要工会帮助"),
    }[name]


def _cell(figure: Figure | None, longest: int) -> NeedCell:
    """The figure with a bar on the scale of its column; a withheld one has none."""
    if figure is None or not figure.shown:
        return NeedCell(figure, Markup(""))
    width = BAR * (figure.value or 0) / longest
    bar = (
        f'<svg class="chart cell-bar" viewBox="0 0 {BAR} 10" width="{BAR}" height="10" aria-hidden="true">'
        f'<rect class="bar-track" width="{BAR}" height="10" rx="3"/><rect class="bar" width="{width:.1f}" height="10" rx="3"/></svg>'
    )
    return NeedCell(figure, Markup(bar))  # noqa: S704 - numbers alone
