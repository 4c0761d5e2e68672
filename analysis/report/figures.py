"""Figures in words: a number with its interval, a change, a reason; the same everywhere in a report."""

from collections.abc import Iterable
from datetime import date
from typing import Protocol

from analysis.charts.wording import minus, spanned
from analysis.disclosure.released import ItemFigure
from analysis.disclosure.released_assessment import Band, Score, UnitAssessment, WaveChange
from analysis.report.content import Cell, Tone
from analysis.report.language import speech

DASH = "—"
MOST_NAMED = 40
BANDS: tuple[Band, ...] = ("model", "advanced", "qualified", "below_qualified", "not_rated")


def with_interval(value: int, low: int | None, high: int | None, language: str, sign: str = "") -> str:
    """“72%（70–74）”: a figure and its margin of error; without one just the figure."""
    if low is None or high is None:
        return f"{minus(value)}{sign}"
    left, right = (" (", ")") if language == "en" else ("（", "）")
    return f"{minus(value)}{sign}{left}{spanned(low, high)}{right}"


def top_box(figure: ItemFigure, language: str) -> str | None:
    """The favourable share with its interval; None where it may not be shown."""
    if figure.top_two_box_percent is None:
        return None
    return with_interval(figure.top_two_box_percent, figure.top_two_box_low, figure.top_two_box_high, language, "%")


def share(figure: ItemFigure, language: str) -> str | None:
    """A share with its interval; where nearly all of a small group agreed only a bound of it is known."""
    if figure.share_percent is None:
        return None
    if figure.coarse and figure.share_low is None:
        return _bound(figure.share_percent, language)
    return with_interval(figure.share_percent, figure.share_low, figure.share_high, language, "%")


def _bound(percent: int, language: str) -> str:
    _ = speech(language)
    if percent > 50:
        return _("至少 %(percent)s%%", percent=percent)
    return _("至多 %(percent)s%%", percent=percent)


def scored(score: Score, language: str, sign: str = "") -> str | None:
    """A score of 0..100 with its interval; None where it has no value."""
    return None if score.value is None else with_interval(score.value, score.low, score.high, language, sign)


def score_cell(score: Score, language: str, tone: Tone = "", sign: str = "") -> Cell:
    """A score for a table; a missing one as a dash, muted."""
    words = scored(score, language, sign)
    return Cell(DASH, "muted") if words is None else Cell(words, tone)


def number_cell(value: int | None, sign: str = "") -> Cell:
    """A whole number for a table; a missing one as a dash, muted."""
    return Cell(DASH, "muted") if value is None else Cell(f"{value:,}{sign}")


class InLanguages(Protocol):
    """A released text."""

    def in_language(self, language: str, /) -> str: ...


def reason_words(reason: InLanguages | None, language: str) -> str:
    """Why there is no figure, without a full stop."""
    return "" if reason is None else reason.in_language(language).rstrip("。.")


def withheld_words(code: str | None, language: str) -> str:
    """Why a released cell shows no number, by its code."""
    _ = speech(language)
    return {
        "too_few": _("人数太少，为防止认出个人，不公布"),
        "no_answers": _("没有有效回答"),
    }.get(code or "", _("按规则不公布"))


def change_words(change: WaveChange, language: str) -> str:
    """What the test of a change says, as the end of a sentence; empty where nothing was tested."""
    _ = speech(language)
    return {
        "improved": _("比上年提高，超出误差范围"),
        "no_clear_change": _("与上年相比看不出明显变化"),
        "worsened": _("比上年下降，超出误差范围"),
    }.get(change.label or "", "")


def change_cell(change: WaveChange, language: str) -> Cell:
    """For a table: better, no clear change, worse; only what a test supports is coloured."""
    _ = speech(language)
    if change.label == "improved":
        return Cell(_("提高"), "high")
    if change.label == "worsened":
        return Cell(_("下降"), "low")
    return Cell(_("看不出变化") if change.label else DASH, "muted")


def class_words(label: str | None, language: str) -> str:
    """How a unit stands beside the others, by its class."""
    _ = speech(language)
    return {
        "above": _("高于其他单位"),
        "below": _("低于其他单位"),
        "not_distinguishable": _("与其他单位分不出高低"),
    }.get(label or "", _("不分组"))


def tone_of(label: str | None) -> Tone:
    """Colour only where a figure is classed clearly above or below."""
    return "high" if label == "above" else "low" if label == "below" else ""


def band_words(band: str, language: str) -> str:
    """The name of a grade."""
    _ = speech(language)
    return {
        "model": _("模范"),
        "advanced": _("先进"),
        "qualified": _("合格"),
        "below_qualified": _("未达合格线"),
    }.get(band, _("不评定"))


def flag_words(name: str, language: str) -> str:
    """A quality flag in plain words."""
    _ = speech(language)
    return {
        "straight_lining": _("全部选同一项的答卷偏多"),
        "response_jump": _("作答率突然升高"),
        "low_trust": _("对匿名的信任偏低"),
    }.get(name, name)


def short_name(unit: UnitAssessment, language: str) -> str:
    """The unit without the words that all units' names end with."""
    return unit.name.in_language(language).removesuffix("分工会")


def listed(parts: Iterable[str], language: str) -> str:
    """Names in a row, with the comma of the language."""
    return (", " if language == "en" else "、").join(parts)


def named(names: Iterable[str], language: str) -> str:
    """Names of units in a row; where they would fill half a page just how many, for a table has them all."""
    _ = speech(language)
    every = tuple(names)
    if len(every) <= MOST_NAMED:
        return listed(every, language)
    return _("%(n)s 个单位（名单见数据表）", n=len(every))


def joined(sentences: Iterable[str], language: str) -> str:
    """Sentences one after the other; English wants a space between them."""
    return (" " if language == "en" else "").join(each for each in sentences if each)


def day_words(day: date, language: str, *, year: bool = True) -> str:
    """A day as the language writes it."""
    if language == "en":
        return f"{day.day} {day:%B}" + (f" {day.year}" if year else "")
    return (f"{day.year}年" if year else "") + f"{day.month}月{day.day}日"


def type_words(unit_type: str, language: str) -> str:
    """The kind of unit in words."""
    _ = speech(language)
    return {
        "academic": _("学院"),
        "school": _("附属学校"),
        "administrative": _("机关"),
        "support": _("直属单位"),
        "logistics": _("后勤"),
        "retired": _("离退休，另列"),
    }.get(unit_type, _("其他单位"))
