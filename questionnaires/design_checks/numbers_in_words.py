"""Numbers as texts write them, in figures and in words, in Chinese and English."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from questionnaires.texts import PLACEHOLDER, Language

_ZH_DIGITS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_EN_WORDS = {
    word: value
    for value, word in enumerate(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=1,
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_COUNTED = "个|年|项|件|题|天|日|月|周|次|级|页|组|类|人|岁|条|位|名|分|秒|小时|节|种|句|步|半|成|倍|门|份|封"
_ZH_NUMBER = re.compile(
    rf"(?<![第统万])([一两二三四五六七八九]?十[一二三四五六七八九]?|[一两二三四五六七八九])(?={_COUNTED})"
)
_EN_NUMBER = re.compile(rf"\b({'|'.join(_EN_WORDS)})\b", re.IGNORECASE)
_FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?")


def numbers(words: str, language: Language) -> frozenset[float]:
    """The numbers a text says. 1 is left out: 一 and "a" come and go in a fair translation."""
    words = PLACEHOLDER.sub("", words)
    found = {float(one.replace(",", "")) for one in _FIGURE.findall(words)}
    if language == "zh":
        found |= {float(_chinese(one)) for one in _ZH_NUMBER.findall(words)}
    else:
        found |= {float(_EN_WORDS[one.lower()]) for one in _EN_NUMBER.findall(words)}
    return frozenset(found - {1.0})


def _chinese(word: str) -> int:
    tens, ten, ones = word.partition("十")
    if not ten:
        return _ZH_DIGITS[word]
    return (_ZH_DIGITS[tens] if tens else 1) * 10 + (_ZH_DIGITS[ones] if ones else 0)


@dataclass(frozen=True, slots=True)
class Span:
    """The whole numbers an option covers; None is an open end."""

    low: int | None
    high: int | None


_TWO = re.compile(r"(\d+)\s*(?:\D{0,3}?)\s*(?:—|–|-|~|～|至|到|to|and)\s*(\d+)")
_LOW_OPEN = re.compile(
    r"(\d+).{0,6}(及以下|或以下|以内|及以内)|^(up to|within|at most)\D{0,6}(\d+)|(\d+)\D{0,12}or (under|less|fewer)|^(under or equal)",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(不到|少于|低于|未满|不足)\D{0,3}(\d+)|(\d+).{0,3}(以下|之下)|^(less than|fewer than|under|below)\D{0,6}(\d+)",
    re.IGNORECASE,
)
_HIGH_OPEN = re.compile(
    r"(\d+).{0,4}(及以上|或以上|及更多|或更多)|(\d+)\D{0,12}or (more|over|older|above)|^(at least|from)\D{0,6}(\d+)",
    re.IGNORECASE,
)
_ABOVE = re.compile(
    r"(超过|多于|高于)\D{0,3}(\d+)|(\d+).{0,3}(以上|之上)|^(more than|over|above)\D{0,6}(\d+)", re.IGNORECASE
)


def span(label: str) -> Span | None:
    """What an option such as "36—45岁" or "30天以上" covers; None if it is no range."""
    label = label.strip()
    if two := _TWO.search(label):
        return Span(int(two[1]), int(two[2]))
    for pattern, shape in ((_HIGH_OPEN, "from"), (_LOW_OPEN, "to"), (_BELOW, "below"), (_ABOVE, "above")):
        if match := pattern.search(label):
            number = int(next(part for part in match.groups() if part and part.isdigit()))
            return {
                "from": Span(number, None),
                "to": Span(None, number),
                "below": Span(None, number - 1),
                # 以上 may or may not take the number in; it is read so that it joins what comes before.
                "above": Span(number + 1, None),
            }[shape]
    return None


def unit_of(label: str) -> str:
    """What is left of a label without its numbers: 天, 岁, minutes. The same unit makes labels comparable."""
    letters = re.findall(
        r"年|个月|月|周|天|小时|分钟|岁|次|节|元|人|\b(?:year|month|week|day|hour|minute|time|lesson)", label
    )
    return Counter(letters).most_common(1)[0][0] if letters else ""
