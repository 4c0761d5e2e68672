"""What people call the questions and parts of a questionnaire: by their numbers and words.

The ids that answers are kept under are for files and programs. Officers are not asked to read them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Language, Text

LONGEST_WORDS: dict[Language, int] = {"zh": 40, "en": 90}  # characters of a question in a heading

KINDS = {
    "rating": Text("量表题", "Rating"), "matrix": Text("矩阵量表", "Matrix on a scale"), "single": Text("单选题", "Single choice"),
    "multi": Text("多选题", "Multiple choice"), "rank_top": Text("排序题", "Ranking"), "best_worst": Text("最先和最后题", "First and last"),
    "text": Text("填空题", "Text"), "info": Text("说明文字", "Words to read"), "number": Text("数字题", "Number"),
    "date": Text("日期题", "Date"), "likelihood": Text("0 到 10 分题", "0 to 10"),
}  # fmt: skip


def numbered(kinds: Iterable[Any]) -> Iterator[Text]:
    """The names of questions of these types, in their order; what is only read has no number."""
    number = 0
    for kind in kinds:
        if kind == "info":
            yield Text("说明文字", "the note")
        else:
            number += 1
            yield Text(f"第 {number} 题", f"question {number}")


def item_names(questionnaire: Questionnaire) -> dict[str, Text]:
    """第 5 题, by id."""
    items = questionnaire.items
    return dict(zip((item.id for item in items), numbered(item.kind for item in items), strict=True))


def section_names(questionnaire: Questionnaire) -> dict[str, Text]:
    """部分 2“……”, by id."""
    return {
        section.id: with_words(section_name(at), section.title) for at, section in enumerate(questionnaire.sections)
    }


def section_name(at: int) -> Text:
    """`at`: its place, 0 for the first."""
    return Text(f"部分 {at + 1}", f"section {at + 1}")


def with_words(name: Text, words: Text) -> Text:
    """第 5 题“……”: so that nobody has to look up which one that is."""
    return Text(f"{name.zh}“{_short(words, 'zh')}”", f"{name.in_language('en')} “{_short(words, 'en')}”")


def at_start(name: Text) -> Text:
    """The name as the beginning of a sentence."""
    english = name.in_language("en")
    return Text(name.zh, english[:1].upper() + english[1:])


def _short(text: Text, language: Language) -> str:
    words, longest = text.in_language(language), LONGEST_WORDS[language]
    return words if len(words) <= longest else f"{words[:longest]}……"
