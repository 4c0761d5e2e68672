"""Rules about the two languages saying the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from questionnaires.design_checks.findings import Circumstances, Place, Rule, Spot
from questionnaires.design_checks.numbers_in_words import numbers
from questionnaires.design_checks.wordings import Placed, placed_texts
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import PLACEHOLDER, Text

_HAN = re.compile(r"[\u4e00-\u9fff]")


def _in_english(placed: Placed) -> Place:
    return replace(placed.place, language="en")


def _missing(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    """English is optional as a whole: where nothing is translated, that is said once."""
    texts = list(placed_texts(questionnaire))
    without = [placed for placed in texts if placed.text.en is None]
    if len(without) == len(texts):
        yield Spot(Place(part="title", language="en"))
        return
    for placed in without:
        yield Spot(_in_english(placed), Text(placed.text.zh, placed.text.zh))


def _untranslated(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for placed in placed_texts(questionnaire):
        han = _HAN.search(PLACEHOLDER.sub("", placed.text.en or ""))
        if han:
            yield Spot(_in_english(placed), Text(placed.text.en or "", placed.text.en))


def _numbers(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for placed in placed_texts(questionnaire):
        if placed.text.en is None or placed.place.part == "short":
            continue
        zh, en = numbers(placed.text.zh, "zh"), numbers(placed.text.en, "en")
        if zh != en:
            said = [", ".join(f"{one:g}" for one in sorted(some)) or "–" for some in (zh, en)]
            yield Spot(
                _in_english(placed),
                Text(f"中文：{said[0]}；英文：{said[1]}", f"Chinese: {said[0]}; English: {said[1]}"),
            )


def _placeholders(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    """A placeholder may have one value for each language: topic_zh answers to topic_en."""
    for placed in placed_texts(questionnaire):
        if placed.text.en is None:
            continue
        zh = {re.sub(r"_zh$", "", name) for name in PLACEHOLDER.findall(placed.text.zh)}
        en = {re.sub(r"_en$", "", name) for name in PLACEHOLDER.findall(placed.text.en)}
        if zh != en:
            names = ", ".join(sorted(zh ^ en))
            yield Spot(_in_english(placed), Text(names, names))


RULES = (
    Rule(
        "translation_missing", "warns",
        Text("缺英文，读英文的同事会看到中文。", "There is no English: those who read English will see Chinese."),
        _missing,
    ),
    Rule(
        "untranslated", "warns",
        Text("英文里还有中文。", "The English text still has Chinese in it."),
        _untranslated,
    ),
    Rule(
        "translation_numbers", "warns",
        Text("中英文的数字不一致，两种语言问的不是同一件事。", "The numbers differ between the languages, so they do not ask the same."),
        _numbers,
    ),
    Rule(
        "translation_placeholders", "blocks",
        Text("中英文的占位符不一致，发布后会缺内容。", "The placeholders differ between the languages; one of them will lack its content."),
        _placeholders,
    ),
)  # fmt: skip
