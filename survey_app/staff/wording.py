"""Faults in plain words: the same sentence in the summary, at the field, with script and without."""

from __future__ import annotations

from questionnaires.answers import Fault
from questionnaires.items import AnyItem, DateItem, NumberItem
from survey_app.web.languages import gettext as _


def missing_sentence(item: AnyItem) -> str:  # noqa: PLR0911 - one return a sentence
    """What to do at a question that needs a choice."""
    ids = {choice.id for choice in item.choices}
    if item.kind in {"text", "number", "date"}:
        return _("请填写这一题")
    if item.kind == "multi":
        return _("请至少选一项，不愿回答就选“不愿说明”") if "pnts" in ids else _("请至少选一项")
    if item.kind == "matrix":
        return _("请每行选一项，不了解就选“不了解”") if "na" in ids else _("请每行选一项")
    if item.kind == "best_worst":
        return _("请每组各选一项")
    if "na" in ids:
        return _("请选一项，不了解就选“不了解”")
    if "dk" in ids:
        return _("请选一项，不清楚就选“不清楚”")
    if "pnts" in ids:
        return _("请选一项，不愿回答就选“不愿说明”")
    return _("请选一项")


def fault_sentence(item: AnyItem, fault: Fault) -> str:  # noqa: PLR0911 - one return a kind
    """What is wrong with one answer, and what to do."""
    most = getattr(item, "max_select", None) or len(item.choices)
    match fault.kind:
        case "missing":
            return missing_sentence(item)
        case "too_many":
            return _("最多选 %(n)s 项，请去掉几项") % {"n": most}
        case "exclusive":
            return _("选了虚线框里的一项，就不能再选别的")
        case "duplicate":
            return _("同一项不能选两次")
        case "too_long":
            return _("请删短到 %(n)s 字以内") % {"n": getattr(item, "max_length", 0)}
        case "bad_characters":
            return _("里面有无法保存的符号，请删掉再试")
        case "not_a_number":
            return _("请填一个整数，例如 3")
        case "not_a_date":
            return _("请填一个日期，例如 2026-11-22")
        case "out_of_range":
            return _range_sentence(item)
    return _("这一题的选项不对，请重新选")


def _range_sentence(item: AnyItem) -> str:
    if isinstance(item, NumberItem):
        return _("请填 %(low)s 到 %(high)s 之间的数") % {"low": item.minimum, "high": item.maximum}
    if isinstance(item, DateItem):
        return _("请填 %(low)s 到 %(high)s 之间的日期") % {"low": item.earliest, "high": item.latest}
    return _("这一题的选项不对，请重新选")


def heading(count: int, *, only_missing: bool) -> str:
    """The first line of the error summary."""
    one, many = summary_words()["missing" if only_missing else "wrong"]
    return one if count == 1 else many % {"n": count}


def summary_words() -> dict[str, list[str]]:
    """The same line for one question and for several, as templates for the script."""
    return {
        "missing": [_("还有 1 题没有选"), _("还有 %(n)s 题没有选")],
        "wrong": [_("有 1 题需要改一下"), _("有 %(n)s 题需要改一下")],
    }
