"""A foreign file on its way to a questionnaire: ids made of names, texts of languages, and where everything came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from questionnaires.document_record import LONGEST_TEXT
from questionnaires.documents import DocumentFaults, read_tree
from questionnaires.formats.expression_grammar import Unsayable
from questionnaires.formats.expressions import Known, KnownItem, condition_of
from questionnaires.formats.notes import Imported, Note, UnreadableFile, gathered, note
from questionnaires.scales import MISSING_IDS
from questionnaires.skip_logic import KNOWN_FACTS, Condition
from questionnaires.texts import BAD_CHARACTERS, Text
from questionnaires.written import Tree, text_tree, written_condition

# A file of this size holds no questionnaire but something else.
LARGEST_FILE = 10_000_000

# Items without a 'rather not say' cannot be made to be answered.
_NEVER_REQUIRED = frozenset({"number", "date", "info", "best_worst"})

_NOT_CHOSEN = re.compile(r"(?i)^(n/?a|not applicable|不适用|不了解.{0,5}|don.?t know|dk|无法回答|不清楚)$")
_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]*)>")

# What our questionnaires need and other formats do not say.
DEFAULTS: Tree = {
    "purpose_zh": "（请填写调查目的）", "intro_zh": "（请填写开头说明）", "thanks_zh": "谢谢。",
    "minutes": 5, "cadence": "any", "who": {"members": ["chosen_by_officer"], "anonymous": True},
}  # fmt: skip
_DEFAULT_NAMES = {
    "purpose_zh": ("调查目的", "the purpose"), "intro_zh": ("开头说明", "the opening"), "thanks_zh": ("结束语", "the closing words"),
    "minutes": ("所需时间", "the time needed"), "cadence": ("频次", "the cadence"), "who": ("调查对象", "who is asked"),
}  # fmt: skip


@dataclass(slots=True)
class Draft:
    """What has been read so far. `places` says where in the file each item stands.

    `exact` is set for files this service wrote: their words are taken as they stand.
    """

    source: str
    exact: bool = False
    around: Tree = field(default_factory=dict)
    sections: list[Tree] = field(default_factory=list)
    shared: Tree = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    known: dict[str, KnownItem] = field(default_factory=dict)
    options: dict[str, tuple[str, str]] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set)
    _stand_in: bool = False

    def note(self, place: str, zh: str, en: str) -> None:
        self.notes.append(note(place, zh, en))

    def new_id(self, name: str, fallback: str = "q") -> str:
        """An id of our kind for a foreign name, unlike any given before in this draft."""
        made = identifier(name, self._taken, fallback)
        self._taken.add(made)
        return made

    def text(self, said: Mapping[str, str], place: str) -> Text | None:
        """The text in our two languages. Without Chinese, the first language stands in, which is told once."""
        clean = {
            language: self._plain(words, place)
            for language, words in said.items()
            if words and (self.exact or words.strip())
        }
        clean = {language: words for language, words in clean.items() if words}
        if not clean:
            return None
        zh, en = clean.get("zh"), clean.get("en")
        if zh is None:
            zh = clean.get("default") or en or next(iter(clean.values()))
            if not self._stand_in:
                self._stand_in = True
                self.note(
                    "",
                    "文件中没有中文，先用原文代替，请翻译。",
                    "The file has no Chinese; its own words stand in until they are translated.",
                )
        for other in sorted(clean.keys() - {"zh", "en"}):
            if zh != clean[other]:
                self.note(
                    place,
                    f"语言“{other}”的文字没有带过来。",
                    f"The words in the language “{other}” were not carried over.",
                )
        return Text(zh, en)

    def _plain(self, words: str, place: str) -> str:
        """Without HTML and control characters. Placeholders of other programs are left as words."""
        if self.exact:
            return words
        if _TAG.search(words):
            words = unescape(_TAG.sub(" ", words))
            self.note(place, "去掉了文字里的格式（HTML）。", "The formatting (HTML) within the words was left out.")
        words = BAD_CHARACTERS.sub("", words).replace("{{", "{ {").replace("}}", "} }")
        words = re.sub(r"\s*\n\s*", "\n", re.sub(r"[ \t\r]+", " ", words)).strip()
        if len(words) > LONGEST_TEXT:
            words = words[: LONGEST_TEXT - 1] + "…"
            self.note(
                place,
                f"文字太长，只带过来前 {LONGEST_TEXT} 个字符。",
                f"The text is too long; its first {LONGEST_TEXT} characters were carried over.",
            )
        return words

    def required(self, tree: Tree, place: str) -> Tree:
        """What says that the item must be answered; nothing, with a note, where its type has no way out."""
        if tree["type"] not in _NEVER_REQUIRED:
            return {"required": True}
        self.note(
            place,
            "这类题不能必答（没有“不愿说明”），改为选答。",
            "An item of this type cannot be required (it has no 'rather not say'); it became optional.",
        )
        return {}

    def rule(self, written: str, place: str, facts: Mapping[str, str] | None = None) -> Condition | None:
        """The condition a rule states; None with a note where it cannot be said."""
        try:
            return condition_of(written, Known(self.known, facts or {name: name for name in KNOWN_FACTS}, self.options))
        except Unsayable as reason:
            self.note(
                place,
                f"规则“{written[:80]}”没有带过来：{reason.text.zh}。现在总是显示。",
                f"The rule “{written[:80]}” was not carried over: {reason.text.in_language('en')}. It is now always shown.",
            )
            return None

    def finish(self) -> Imported:
        """The questionnaire; raises UnreadableFile with every reason, each at its place in the file."""
        filled = [names for key, names in _DEFAULT_NAMES.items() if key not in self.around]
        if filled:
            zh, en = "、".join(one for one, _ in filled), ", ".join(one for _, one in filled)
            self.note(
                "", f"文件没有说明，已用默认内容代替：{zh}。", f"The file does not say, so defaults stand in for: {en}."
            )
        tree = {"id": identifier(self.source.rsplit("/", 1)[-1].rsplit(".", 1)[0], set(), "imported")} | DEFAULTS
        tree |= self.around | self.shared | {"sections": [one for one in self.sections if one.get("items")]}
        if not tree["sections"]:
            raise UnreadableFile(
                note("", "文件里没有可以带过来的题目。", "The file holds no item that can be carried over."),
                *gathered(self.notes),
            )
        try:
            return Imported(read_tree(tree, self.source), gathered(self.notes))
        except DocumentFaults as refusal:
            raise UnreadableFile(*(self._fault(one.place, one.sentence) for one in refusal.faults)) from None

    def _fault(self, place: str, sentence: str) -> Note:
        match = re.match(r"items\.([a-z0-9_]+)(.*)", place)
        where = f"{self.places.get(match[1], match[1])} ({match[1]}{match[2]})" if match else place
        return note(where, f"不能读入：{sentence}", sentence)


def identifier(name: str, taken: set[str], fallback: str = "q") -> str:
    """An id: a-z, digits and underscores, at most 40 signs, not among those taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "_", plain).strip("_") if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", name) else name
    if not plain or not plain[0].isalpha():
        plain = f"{fallback}{plain}" if plain else fallback
    plain = plain[:40]
    made, number = plain, 2
    while made in taken:
        made = f"{plain[: 39 - len(str(number))]}_{number}"
        number += 1
    return made


def choice_ids(values: list[str]) -> dict[str, str]:
    """Ids of the choices by the values of the file."""
    taken: set[str] = set()
    made = {}
    for value in values:
        if value not in made:
            made[value] = identifier(value, taken, "c")
            taken.add(made[value])
    return made


def options_tree(options: list[tuple[str, Text, int | None]]) -> list[Tree]:
    """Choices as documents write them, of ids, texts and values."""
    return [{"id": one} | ({} if value is None else {"value": value}) | text_tree(text) for one, text, value in options]


def scale_of_options(name: str, options: list[Tree], ours: Mapping[str, Any] | None = None) -> tuple[Tree, bool]:
    """A scale made of a list of options, and whether its not-applicable option is offered.

    Values the file gives are kept if they run from 1 to the number of points; otherwise the first option is highest.
    """
    na = [
        one
        for one in options
        if one["id"] in MISSING_IDS - {"pnts"} or _NOT_CHOSEN.match(one["zh"]) or _NOT_CHOSEN.match(one.get("en", ""))
    ]
    graded = [one for one in options if one not in na and one["id"] != "pnts"]
    if sorted(one.get("value", 0) for one in graded) != list(range(1, len(graded) + 1)):
        graded = [one | {"value": len(graded) - place} for place, one in enumerate(graded)]
    scale: Tree = {"id": name, "points": len(graded), "options": [_valued(one) for one in graded]}
    offered = na[0] if na else None
    kept = (ours or {}).get("na")
    if offered is not None or kept:
        scale["na"] = (
            (_unvalued(offered) | {"id": offered["id"] if offered["id"] in MISSING_IDS else "na"}) if offered else kept
        )
    return scale, offered is not None


def _valued(option: Tree) -> Tree:
    return {key: option[key] for key in ("id", "value", "zh", "en", "exclusive") if key in option}


def _unvalued(option: Tree) -> Tree:
    return {key: value for key, value in option.items() if key != "value"}


def rule_tree(condition: Condition | None) -> Tree:
    """The rule of an item or section as documents write it; nothing for none."""
    return {} if condition is None else {"show_if": written_condition(condition)}
