"""The few words that stand inside charts, in both languages."""

from collections.abc import Iterable

from analysis.disclosure.released import Withheld

_WORDS = {
    "interval": ("误差范围 {low} 到 {high}", "margin of error {low} to {high}"),
    "too_few": ("人数太少，不公布", "withheld: too few people"),
    "no_answers": ("没有有效回答", "no valid answers"),
    "not_shown_by_rule": ("按规则不公布", "withheld by rule"),
    "short_withheld": ("不公布", "withheld"),
    "short_no_answers": ("无回答", "no answers"),
    "nothing": ("没有可公布的数字", "nothing that may be shown"),
    "last_wave": ("{wave}：{rest}", "{wave}: {rest}"),
    "turnout": (
        "{n} 个在职单位的作答率，从 {low}% 到 {high}%",
        "Response rates of {n} in-service units, {low}% to {high}%",
    ),
    "turnout_low": ("低于 50% 的有：{names}", "below 50%: {names}"),
    "case_met": ("遇到困难", "met one"),
    "case_known": ("工会知道", "union knows"),
    "case_acted": ("采取了行动", "acted upon"),
    "case_solved": ("已解决", "solved"),
    "base": ("{n} 人有效回答", "{n} valid answers"),
}


def said(language: str, key: str, **values: object) -> str:
    """The words of this key with their values filled in."""
    chinese, english = _WORDS[key]
    return (english if language == "en" else chinese).format(**values)


def minus(value: int) -> str:
    """A number with a true minus sign."""
    return f"−{-value}" if value < 0 else str(value)


def spanned(low: int, high: int) -> str:
    """An interval as it is printed: 79–84, and with negative ends −24 – −5, the dash apart from the signs."""
    return f"{minus(low)} – {minus(high)}" if low < 0 or high < 0 else f"{low}–{high}"


def listed(language: str, parts: Iterable[str]) -> str:
    """Parts of a sentence, one after the other."""
    return ("; " if language == "en" else "；").join(parts)


def names(language: str, parts: Iterable[str]) -> str:
    """Names in a row, with the comma of the language."""
    return (", " if language == "en" else "、").join(parts)


def valued(language: str, label: str, value: str, low: int | None, high: int | None) -> str:
    """“组织健全 81，误差范围 78 到 84”: a label, its value, and its interval where there is one."""
    if low is None or high is None:
        return f"{label} {value}"
    comma = ", " if language == "en" else "，"
    return f"{label} {value}{comma}{said(language, 'interval', low=low, high=high)}"


def not_shown(language: str, label: str, reason: Withheld | None) -> str:
    """“党政重视：人数太少，不公布”: a label and why there is no number."""
    colon = ": " if language == "en" else "："
    return f"{label}{colon}{said(language, reason or 'not_shown_by_rule')}"


def not_shown_briefly(language: str, reason: Withheld | None) -> str:
    """The same in one short word, for the place where the number would stand."""
    return said(language, "short_no_answers" if reason == "no_answers" else "short_withheld")
