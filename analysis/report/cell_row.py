"""The one shape of all released cells in data files, with the names of its columns."""

from dataclasses import dataclass, fields
from typing import Literal

from analysis.report.language import speech

Kind = Literal["text", "whole"]


@dataclass(frozen=True, slots=True)
class CellRow:
    """One cell. `table`: participation, criteria, items, distributions, comments, needs, need_service, words, themes,
    assessment, dimensions, components, changes, conditions, vetoes or shown. `class_label`: above, below,
    not_distinguishable; of a change improved, no_clear_change, worsened; of a condition met or missed; of a need beside
    a service its verdict (there `n` are those who used the service).
    """

    table: str
    poll: str = ""
    unit_id: str = ""
    unit: str = ""
    code: str = ""
    content: str = ""
    option: str = ""
    eligible: int | None = None
    base: int | None = None
    n: int | None = None
    score: int | None = None
    score_low: int | None = None
    score_high: int | None = None
    percent: int | None = None
    percent_low: int | None = None
    percent_high: int | None = None
    dont_know: int | None = None
    wanted: int | None = None
    class_label: str = ""
    withheld: str = ""


NAMES: tuple[str, ...] = tuple(field.name for field in fields(CellRow))
TEXTS = frozenset(("table", "poll", "unit_id", "unit", "code", "content", "option", "class_label", "withheld"))


def headings(language: str) -> dict[str, str]:
    """The words above each column."""
    _ = speech(language)
    return {
        "table": _("表"),
        "poll": _("调查"),
        "unit_id": _("单位编号"),
        "unit": _("单位"),
        "code": _("编号"),
        "content": _("内容"),
        "option": _("选项"),
        "eligible": _("应参加人数"),
        "base": _("有效回答人数"),
        "n": _("人数或条数"),
        "score": _("得分"),
        "score_low": _("得分下限"),
        "score_high": _("得分上限"),
        "percent": _("百分比"),
        "percent_low": _("百分比下限"),
        "percent_high": _("百分比上限"),
        "dont_know": _("不了解的百分比"),
        "wanted": _("要求"),
        "class_label": _("检验结论"),
        "withheld": _("不公布的原因"),
    }


def table_names(language: str) -> dict[str, str]:
    """The tables in their order, with their words: one sheet each."""
    _ = speech(language)
    return {
        "assessment": _("评估"),
        "dimensions": _("三问与标准得分"),
        "components": _("三问的组成"),
        "changes": _("与上年比"),
        "conditions": _("等次条件"),
        "vetoes": _("一票否决"),
        "shown": _("不计分的"),
        "participation": _("作答"),
        "criteria": _("标准得分"),
        "items": _("题目"),
        "distributions": _("分布"),
        "needs": _("需要"),
        "need_service": _("需要与服务"),
        "comments": _("意见条数"),
        "words": _("常用词"),
        "themes": _("意见主题"),
    }
