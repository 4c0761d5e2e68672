"""The words for what changed between two versions: names of properties, and values from earlier to later."""

from __future__ import annotations

from typing import Any, Literal

from questionnaires.names import at_start, item_names
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text

AROUND = {
    "title": ("标题", "The title"), "purpose": ("目的", "The purpose"), "intro": ("开头说明", "The opening"),
    "thanks": ("结束语", "The closing words"), "minutes": ("所需时间", "The time needed"), "cadence": ("频次", "The cadence"),
    "who": ("调查对象", "Who is asked"), "placeholders": ("占位符", "The placeholders"), "template": ("模板", "Being a template"),
    "per_person_page": ("每人一页", "One page per person"), "single_page": ("单页", "One page for all"),
    "paper_version": ("纸质版", "The paper version"), "issues_tracking_code": ("查询码", "The tracking code"),
    "results_visible_to": ("结果可见范围", "Who sees results"),
}  # fmt: skip


OF_ITEM = {
    "text": ("题目", "the question"), "help": ("说明", "the help text"), "short": ("短标签", "the short label"),
    "required": ("必答", "being required"), "stable": ("固定题", "being stable"), "sensitive": ("敏感题", "being sensitive"),
    "randomize": ("随机排列", "the shuffling"), "show_if": ("显示条件", "its rule"), "feeds": ("计入的项目", "what it counts towards"), "themes": ("计入的项目", "what it counts towards"),
    "module": ("成组取舍的代码", "its module"), "stage": ("阶段", "its stage"), "prefill": ("由链接填好的项目", "what the link fills in"), "display": ("样式", "its look"),
    "rows_from": ("行的来源", "where its rows come from"), "skip_rows_marked_na_in": ("跳过的行", "the rows it skips"),
    "options_from": ("选项的来源", "where its options come from"), "auto_answer_if_single": ("自动作答", "answering by itself"),
    "max_select": ("最多可选", "the number of choices"), "design": ("分组设计", "its design"), "best_label": ("最好的一端", "its best label"),
    "worst_label": ("最后的一端", "its worst label"), "short_form": ("简版", "its short form"), "max_length": ("字数上限", "its greatest length"),
    "minimum": ("最小值", "its minimum"), "maximum": ("最大值", "its maximum"), "earliest": ("最早日期", "its earliest day"),
    "latest": ("最晚日期", "its latest day"), "low_label": ("低端文字", "its low label"), "high_label": ("高端文字", "its high label"),
}  # fmt: skip


_CODES = {
    "cadence": {
        "once": Text("只做一次", "once"), "yearly": Text("每年一次", "yearly"), "yearly_or_two_yearly": Text("一到两年一次", "every one or two years"),
        "yearly_after_congress": Text("每年教代会后", "yearly, after the staff congress"),
        "after_each_event": Text("每次活动后", "after each event"), "continuous": Text("常年", "all year"), "any": Text("随时", "any time"),
    },
    "stage": {"first": Text("第一次就问", "asked at once"), "follow_up": Text("再次打开时才问", "asked when they come back")},
    "display": {"rows": Text("一行一级", "a row for each point"), "faces": Text("表情", "faces")},
}  # fmt: skip


def as_read(name: str, value: Any, whole: Questionnaire) -> Any:
    """The value of a property with names for the codes in it: questions by their numbers, measures by their words."""
    if name in {"feeds", "themes"}:
        words = {each.id: each.text for each in whole.measures}
        return tuple(words.get(each, Text(each)) for each in value)
    if name in {"rows_from", "options_from", "skip_rows_marked_na_in"}:
        return () if value is None else (item_names(whole).get(value, Text(value)),)
    words = _CODES.get(name, {})
    return (words[value],) if value in words else value


def changed_sentence(zh: str, en: str, was: Any, now: Any) -> Text:
    """Told from earlier to later; in the language that changed where only one did."""
    if isinstance(was, Text) and isinstance(now, Text):
        return _reworded(zh, en, was, now)
    first, then = _shown(was), _shown(now)
    if first == then:
        return Text(f"{zh}改了。", f"{en} was changed.")
    return Text(f"{zh}由{first.zh}改为{then.zh}。", f"{en} was changed from {first.en} to {then.en}.")


def _reworded(zh: str, en: str, was: Text, now: Text) -> Text:
    if was.zh == now.zh:
        before, after = (f"“{one.en}”" if one.en is not None else None for one in (was, now))
        return Text(
            f"{zh}改了英文：由{before or '无'}改为{after or '无'}。",
            f"{en} was changed in English from {before or 'nothing'} to {after or 'nothing'}.",
        )
    if was.en == now.en:
        return Text(f"{zh}由“{was.zh}”改为“{now.zh}”。", f"{en} was changed in Chinese from “{was.zh}” to “{now.zh}”.")
    first, then = was.in_language("en"), now.in_language("en")
    return Text(f"{zh}由“{was.zh}”改为“{now.zh}”。", f"{en} was changed from “{first}” to “{then}”.")


def _shown(value: Any) -> Text:  # noqa: PLR0911 - one return per kind
    """A value as a reader sees it."""
    match value:
        case None | ():
            return Text("无", "nothing")
        case bool():
            return Text("是" if value else "否", "yes" if value else "no")
        case Text():
            return Text(f"“{value.zh}”", f"“{value.in_language('en')}”")
        case tuple() if all(isinstance(part, str) for part in value):
            return Text("、".join(value), ", ".join(value))
        case tuple() if all(isinstance(part, Text) for part in value):
            return Text("、".join(part.zh for part in value), ", ".join(part.in_language("en") for part in value))
        case float() | int():
            return Text(f"{value:g}", f"{value:g}")
        case str():
            return Text(value, value)
    return (
        Text("原设置", "its earlier setting")
        if not hasattr(value, "isoformat")
        else Text(value.isoformat(), value.isoformat())
    )


OPTION, ROW = ("选项", "option"), ("行", "row")  # what a list holds


def moved_sentence(called: Text, was: Text, now: Text) -> Text:
    """A question that stands elsewhere, with its earlier number where that is another."""
    before = Text(f"（以前是{was.zh}）", f" (it was {was.en})") if was != now else Text("", "")
    return Text(f"{called.zh}换了位置{before.zh}。", f"{called.en} was moved{before.en}.")


def recoded_sentence(name: Text, was: str, now: str) -> Text:
    """A question under another id: the one place where ids are the matter."""
    called = at_start(name)
    return Text(
        f"{called.zh}的题目代码改了（{was} 改为 {now}）。", f"{called.en}: its code was changed ({was} to {now})."
    )


def entry_recoded_sentence(called: Text, what: tuple[str, str], text: Text, was: str, now: str) -> Text:
    """An option or row under another id."""
    return Text(
        f"{called.zh}的{what[0]}“{text.zh}”换了代码（{was} 改为 {now}）。",
        f"{called.en}: the code of the {what[1]} “{text.in_language('en')}” was changed ({was} to {now}).",
    )


def entry_sentence(called: Text, what: tuple[str, str], act: Literal["added", "removed"], text: Text) -> Text:
    """An option or row that came or went."""
    done = {"added": "增加了", "removed": "删去了"}[act]
    return Text(
        f"{called.zh}{done}{what[0]}“{text.zh}”。",
        f"{called.en}: the {what[1]} “{text.in_language('en')}” was {act}.",
    )


def entry_changed_sentence(called: Text, what: tuple[str, str], was: Text, now: Text) -> Text:
    """An option or row with other words, or with the same words and other settings."""
    zh, en = what
    if was == now:
        return Text(
            f"{called.zh}的{zh}“{now.zh}”改了设置。",
            f"{called.en}: the settings of the {en} “{now.in_language('en')}” were changed.",
        )
    return changed_sentence(f"{called.zh}的{zh}", f"{called.en}: the {en}", was, now)
