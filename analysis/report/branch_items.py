"""Single questions of one branch beside similar units, and what to begin with."""

from dataclasses import dataclass

from analysis.disclosure.released import Released, ReleasedItem
from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.content import Paragraph, Points, Section
from analysis.report.documents import WaveDocuments, has_unit, typical
from analysis.report.figures import (
    listed,
    share,
)
from analysis.report.language import speech


@dataclass(frozen=True, slots=True)
class Beside:
    """An item of the unit beside the median of similar units, points of 100."""

    item: ReleasedItem
    score: int
    others: int

    @property
    def gap(self) -> int:
        return self.score - self.others


def beside_similar(documents: WaveDocuments, unit: UnitAssessment) -> tuple[Beside, ...]:
    """Rated items of the unit with the median of similar units, the largest lead first. Only cells that are released."""
    found = []
    ids = [each.unit for each in documents.similar(unit)]
    for released, item in _rated(documents, unit.unit):
        own = released.item_figure(unit.unit, item.column)
        if own.mean is None or own.coarse:
            continue
        others = typical(released.item_figure(each, item.column).mean for each in ids if has_unit(released, each))
        if others is not None:
            found.append(Beside(item, own.mean, others))
    return tuple(sorted(found, key=lambda each: -each.gap))


def _rated(documents: WaveDocuments, unit: str) -> list[tuple[Released, ReleasedItem]]:
    return [
        (released, item)
        for released in documents.polls
        if has_unit(released, unit)
        for item in released.items
        if item.measure == "score"
        and item.kind == "rating"
        and not set(item.feeds) & {"official_rate", "anonymity_trust"}
    ]


def least_seen(documents: WaveDocuments, unit: UnitAssessment) -> tuple[ReleasedItem, int] | None:
    """The item that most members of the unit could not judge."""
    found = [
        (percent, item)
        for released, item in _rated(documents, unit.unit)
        if (percent := released.item_figure(unit.unit, item.column).dont_know_percent) is not None and percent > 0
    ]
    if not found:
        return None
    percent, item = max(found, key=lambda each: each[0])
    return item, percent


def items(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section | None:
    """The items furthest above and below similar units, and the one most could not judge; None where nothing is told."""
    _ = speech(language)
    compared = beside_similar(documents, unit)
    points = []
    for head, chosen in (
        (_("比同类单位好的"), [each for each in compared[:2] if each.gap > 0]),
        (_("不如同类单位的"), [each for each in compared[:-3:-1] if each.gap < 0]),
    ):
        said = listed(
            (
                _(
                    "%(item)s %(score)s 分（同类中位 %(others)s）",
                    item=each.item.label.in_language(language),
                    score=each.score,
                    others=each.others,
                )
                for each in chosen
            ),
            language,
        )
        if said:
            points.append(Paragraph(said + _("。"), head + _("：")))
    unseen = least_seen(documents, unit)
    if unseen:
        points.append(
            Paragraph(
                _(
                    "%(item)s，%(percent)s%% 的人答“不了解”。不是不满意，是看不见。",
                    item=unseen[0].label.in_language(language),
                    percent=unseen[1],
                ),
                _("最看不见的："),
            )
        )
    note = Paragraph(_("单个题目的差别没有逐一检验，只作线索。"), kind="note")
    return Section(_("几个题目"), (Points(tuple(points)), note)) if points else None


def three_things(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Section | None:
    """What to begin with: from the weakest item, what is not seen, and what members want most. Suggestions, not orders."""
    _ = speech(language)
    found = []
    weak = [each for each in beside_similar(documents, unit)[::-1] if each.gap < 0]
    if weak:
        item = weak[0].item.label.in_language(language)
        found.append(
            Paragraph(
                _(
                    "%(score)s 分，同类单位中位 %(others)s 分。先问问会员差在哪里。",
                    score=weak[0].score,
                    others=weak[0].others,
                ),
                _("改进“%(item)s”。", item=item),
            )
        )
    need = _first_need(documents, unit, language)
    if need:
        found.append(need)
    unseen = least_seen(documents, unit)
    if unseen:
        found.append(
            Paragraph(
                _("%(percent)s%% 的人不了解。做了的，公布出来。", percent=unseen[1]),
                _("让大家看见“%(item)s”。", item=unseen[0].label.in_language(language)),
            )
        )
    return Section(_("可以先做的几件事"), (Points(tuple(found), numbered=True),)) if found else None


def _first_need(documents: WaveDocuments, unit: UnitAssessment, language: str) -> Paragraph | None:
    """What members most want the union's help with; where too few said, what most of them meet."""
    _ = speech(language)
    wanted, met = documents.asked("need_wanted"), documents.asked("need_prevalence")
    figures = wanted.figures(unit.unit) if wanted else ()
    words = _("遇到困难的人里，%(figure)s最需要工会帮助的是这一项。")
    if not figures:
        figures = met.figures(unit.unit) if met else ()
        words = _("%(figure)s的会员过去 12 个月遇到过，是最多的一项。")
    if not figures:
        return None
    first, figure = figures[0]
    return Paragraph(
        words % {"figure": share(figure, language)}, _("办好“%(need)s”。", need=first.label.in_language(language))
    )
