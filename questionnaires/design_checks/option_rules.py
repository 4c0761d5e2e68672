"""Rules about the options of an item: ranges, exclusive answers, how many."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise

from questionnaires.design_checks.findings import Circumstances, Place, Rule, Spot
from questionnaires.design_checks.mends import changing, setting
from questionnaires.design_checks.numbers_in_words import Span, numbers, span, unit_of
from questionnaires.design_checks.wordings import spoken
from questionnaires.items import AnyItem, BestWorstItem, MatrixItem, MultiItem, RankItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.texts import Language, Text

MOST_SINGLE, MOST_MULTI, MOST_ROWS, MANY_UNORDERED = 12, 20, 10, 7

NONE_OF_THESE = Choice("none", Text("以上都没有", "None of these"), role="exclusive", exclusive=True)

_NONE: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(以上|上述)?(都|均|全)(没有|不|无|没)[^，]{0,6}|无|没有|没有遇到困难|没有影响|以上(都|均)?(不|没|无).{0,4}"
    ),
    "en": re.compile(
        r"none( of (them|these|the above|those))?|nothing|nowhere|no difficulty|not applicable|neither", re.IGNORECASE
    ),
}


def _placed(questionnaire: Questionnaire) -> Iterator[tuple[str, AnyItem]]:
    for section in questionnaire.sections:
        for item in section.items:
            yield section.id, item


def spans_of(item: AnyItem, language: Language) -> list[Span]:
    """The ranges among the options in ascending order; empty unless at least two speak of the same unit."""
    labels = [choice.text.in_language(language) for choice in item.choices if choice.role == "answer"]
    found = [(one, unit_of(label)) for label in labels if (one := span(label)) is not None]
    if len(found) < 2 or len({unit for _, unit in found if unit}) > 1:
        return []
    return sorted((one for one, _ in found), key=lambda one: -1 if one.low is None else one.low)


def _steps(questionnaire: Questionnaire) -> Iterator[tuple[Place, Span, Span]]:
    """Each pair of neighbouring ranges, in the first language that shows ranges."""
    for section, item in _placed(questionnaire):
        if item.kind != "single":
            continue
        language = next((one for one, _ in spoken(item.text) if spans_of(item, one)), None)
        if language is not None:
            ranges = spans_of(item, language)
            for lower, upper in pairwise(ranges):
                yield Place(section, item.id, "option", language=language), lower, upper


def _overlap(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for place, lower, upper in _steps(questionnaire):
        if lower.high is None or upper.low is None or lower.high >= upper.low:
            shared = upper.low if upper.low is not None else lower.high
            yield Spot(place, Text(f"{shared} 同时属于两个选项", f"{shared} belongs to two options"))


def _gap(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for place, lower, upper in _steps(questionnaire):
        if lower.high is not None and upper.low is not None and upper.low > lower.high + 1:
            missing = lower.high + 1
            yield Spot(place, Text(f"{missing} 没有选项可选", f"{missing} belongs to no option"))


def _none_not_exclusive(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        if not isinstance(item, MultiItem):
            continue
        for choice in item.choices:
            if not choice.exclusive and (choice.role == "missing" or _says_none(choice)):
                mend = changing(Text("选它时清除其他选项", "Let it clear the others"), item.id, _exclusive(choice.id))
                yield Spot(Place(section, item.id, "option", choice.id), choice.text, mend)


def _says_none(choice: Choice) -> bool:
    return any(_NONE[language].fullmatch(words.strip(" 。.")) for language, words in spoken(choice.text))


def _exclusive(choice_id: str) -> Callable[[AnyItem], AnyItem]:
    def change(item: AnyItem) -> AnyItem:
        choices = tuple(
            replace(one, exclusive=True, role="missing" if one.role == "missing" else "exclusive")
            if one.id == choice_id
            else one
            for one in item.choices
        )
        return replace(item, choices=choices)

    return change


def _no_none(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        if isinstance(item, MultiItem) and not any(choice.exclusive or _says_none(choice) for choice in item.choices):
            taken = any(choice.id == NONE_OF_THESE.id for choice in item.choices)
            none = replace(NONE_OF_THESE, id="none_of_these") if taken else NONE_OF_THESE
            mend = setting(Text("加上“以上都没有”", "Add 'none of these'"), item.id, choices=(*item.choices, none))
            yield Spot(Place(section, item.id, "option"), mend=mend)


def _alike(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        for language in ("zh", "en"):
            words = [choice.text.in_language(language).strip().lower() for choice in item.choices]
            twice = next((one for one, times in Counter(words).items() if times > 1), None)
            if twice is not None:
                yield Spot(Place(section, item.id, "option", language=language), Text(twice, twice))
                break


_MOST: dict[Language, re.Pattern[str]] = {
    "zh": re.compile(
        r"(?:最多|限|至多|不超过|限选|任选|选出?|哪)\s*(?:选)?\s*(\d+|[一两二三四五六七八九十])\s*(?:项|个|种|类|件|条)"
    ),
    "en": re.compile(
        r"(?:up to|at most|no more than|which|choose|select|name)\s+(?:the\s+)?(?:at most\s+|up to\s+)?(\d+|two|three|four|five|six|seven|eight)\b",
        re.IGNORECASE,
    ),
}


def _max_select(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        if not isinstance(item, MultiItem | RankItem):
            continue
        for language, words in spoken(item.text):
            match = _MOST[language].search(words)
            said = next(iter(numbers(match[0], language)), 1.0) if match else None
            if said is not None and said != item.max_select:
                most = int(said)
                about = Text(
                    f"题目说 {most} 项，设置是 {item.max_select or '不限'}",
                    f"The text says {most}, the setting {item.max_select or 'no limit'}",
                )
                mend = setting(Text(f"最多选 {most} 项", f"Allow at most {most}"), item.id, max_select=most)
                yield Spot(Place(section, item.id, language=language), about, mend)


def _too_many(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        most = {"single": MOST_SINGLE, "multi": MOST_MULTI, "rank_top": MOST_MULTI}.get(item.kind)
        if most is not None and len(item.choices) > most and not getattr(item, "options_from", None):
            yield Spot(
                Place(section, item.id, "option"), Text(f"{len(item.choices)} 个选项", f"{len(item.choices)} options")
            )


def _large_matrix(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        if isinstance(item, MatrixItem) and len(item.rows) > MOST_ROWS and not item.rows_from:
            yield Spot(Place(section, item.id, "row"), Text(f"{len(item.rows)} 行", f"{len(item.rows)} rows"))


def _order(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        if not isinstance(item, MultiItem | RankItem) or isinstance(item, BestWorstItem) or item.randomize:
            continue
        free = [choice for choice in item.choices if choice.role == "answer"]
        if len(free) >= MANY_UNORDERED and not spans_of(item, "zh"):
            mend = setting(Text("随机排列选项", "Shuffle the options"), item.id, randomize=True)
            yield Spot(Place(section, item.id, "option"), mend=mend)


RULES = (
    Rule(
        "range_overlap", "blocks",
        Text("两个区间重叠，边上的人有两个选项可选，结果无法解释。", "Two ranges overlap: those on the border have two right answers."),
        _overlap,
    ),
    Rule(
        "range_gap", "warns",
        Text("区间之间有空当，有些人没有选项可选。", "There is a gap between two ranges: some have no right answer."),
        _gap,
    ),
    Rule(
        "none_not_exclusive", "blocks",
        Text("“都没有”可以和别的选项一起选，答案自相矛盾。", "'None' can be chosen together with others, and the answer contradicts itself."),
        _none_not_exclusive,
    ),
    Rule(
        "no_none_option", "warns",
        Text("一项也不符合的人无法作答，请加上“以上都没有”。", "Those to whom nothing applies cannot answer; add 'none of these'."),
        _no_none,
    ),
    Rule(
        "options_alike", "blocks",
        Text("两个选项文字相同，选哪个都一样。", "Two options read the same; nobody can tell which to choose."),
        _alike,
    ),
    Rule(
        "max_select_says_other", "blocks",
        Text("题目写的选几项与设置不一致。", "The text names another number of choices than the setting allows."),
        _max_select,
    ),
    Rule(
        "too_many_options", "hints",
        Text("选项太多，排在后面的很少有人看到。", "With so many options, the last ones are hardly seen."),
        _too_many,
    ),
    Rule(
        "large_matrix", "warns",
        Text("矩阵题在手机上太长，后面的行容易随手选同一项。", "A matrix this long on a phone is answered with the same tap in every row."),
        _large_matrix,
    ),
    Rule(
        "order_effect", "hints",
        Text("选项多而顺序固定，排在前面的会被多选，请随机排列。", "In a long fixed list the first options are chosen more; shuffle them."),
        _order,
    ),
)  # fmt: skip
