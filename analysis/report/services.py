"""Services: how many used each, how satisfied those are, and which to strengthen."""

from analysis.disclosure.released import EVERYBODY, Released, ReleasedItem
from analysis.disclosure.released_breakdowns import MatchFigure
from analysis.report.content import Block, Cell, Column, Paragraph, Section, Table
from analysis.report.documents import Asked, WaveDocuments, exclusive, value_of
from analysis.report.figures import DASH, listed, share, top_box
from analysis.report.language import speech

MOST_NAMED = 3


def services(documents: WaveDocuments, language: str) -> Section | None:
    """A row a service, the most wanted first; None where no poll asked."""
    _ = speech(language)
    reach = documents.asked("service_reach")
    wanted = documents.asked("service_priority", "first")
    satisfied = documents.asked("service_satisfaction", "score")
    reach = _of_multi(reach)
    if reach is None or wanted is None:
        return None
    order = wanted.figures(EVERYBODY)
    if not order:
        return None
    rows = tuple(
        (
            Cell(item.label.in_language(language), "strong"),
            _cell(_share_of(reach, item.option, language)),
            _cell(_satisfied(satisfied, item.option, language)),
            Cell(share(figure, language) or DASH),
        )
        for item, figure in order
    )
    columns = (
        Column(_("服务"), 2.6, "left"),
        Column(_("过去 12 个月用过"), 1.6),
        Column(_("用过的人满意"), 1.6),
        Column(_("明年最应加强"), 1.6),
    )
    first = listed((item.label.in_language(language) for item, _figure in order[:MOST_NAMED]), language)
    base = order[0][1].base
    said = _("%(n)s 人回答明年最应加强什么，排在第一位最多的是%(first)s。", n=f"{base:,}", first=first)
    note = _("满意只问用过的人：“比较满意＋非常满意”的百分比。括号内是误差范围。")
    blocks = (Paragraph(said), Table("", columns, rows, note, small=True), *_match(documents, language))
    return Section(_("服务：谁用过，满意吗，加强什么"), blocks)


def _match(documents: WaveDocuments, language: str) -> tuple[Block, ...]:
    """Needs beside the services that answer them: what to fund, keep and review. Nothing where no poll tells both."""
    _ = speech(language)
    matched = documents.need_service
    rows = []
    for code, advice, why in (
        ("act_now", _("马上加强"), _("需要的人多，服务不够好")),
        ("no_service", _("考虑新设"), _("需要的人多，没有相应的服务")),
        ("keep", _("保持"), _("需要的人多，服务好")),
        ("review_cost", _("看看花费"), _("需要的人少，服务好")),
    ):
        own = [_pair(each, language) for each in matched if each.verdict == code]
        if own:
            rows.append((Cell(advice, "strong"), Cell(why), Cell(listed(own, language))))
    if not rows:
        return ()
    columns = (Column(_("建议"), 1), Column(_("为什么"), 2.2), Column(_("需要（相应的服务）"), 6, "left"))
    note = _(
        "百分比是最需要工会帮助的，打分是用过的人的，满分 100。多少、高低与各项的平均比，分不出的不下结论，需要的人少、服务一般的不列。"
    )
    return (Table(_("需要与服务对照：加强、保持、看花费"), columns, tuple(rows), note, small=True),)


def _pair(match: MatchFigure, language: str) -> str:
    """“文体与交友活动 2%（文体活动 83 分）”: the need with its share, the service with its score."""
    _ = speech(language)
    need = f"{match.need_name.in_language(language)} {match.wanted.value}%"
    if match.service_name is None or match.satisfaction.value is None:
        return need
    service, score = match.service_name.in_language(language), match.satisfaction.value
    return need + _("（%(service)s %(score)s 分）", service=service, score=score)


def _of_multi(asked: Asked | None) -> Asked | None:
    if asked is None:
        return None
    items = tuple(item for item in asked.items if item.kind == "multi" and not exclusive(item))
    return Asked(asked.released, items) if items else None


def _cell(words: str | None) -> Cell:
    return Cell(words) if words else Cell(DASH, "muted")


def _share_of(asked: Asked, option: str | None, language: str) -> str | None:
    item = next((each for each in asked.items if each.option == option), None)
    return share(asked.released.item_figure(EVERYBODY, item.column), language) if item else None


def _satisfied(asked: Asked | None, option: str | None, language: str) -> str | None:
    if asked is None:
        return None
    item: ReleasedItem | None = next((each for each in asked.items if each.column.endswith(f".{option}")), None)
    released: Released = asked.released
    figure = released.item_figure(EVERYBODY, item.column) if item else None
    return top_box(figure, language) if figure and value_of(figure) is not None else None
