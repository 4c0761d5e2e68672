"""What stands between a draft and a poll: its faults, what the design checks say, how long it takes, what is untranslated."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires import design_checks
from questionnaires.design_checks import NOTHING_KNOWN, Circumstances, Severity
from questionnaires.design_checks.course_rules import minutes_needed
from questionnaires.design_checks.logic_rules import RULES as LOGIC_RULES
from questionnaires.design_checks.titles import TITLES
from questionnaires.documents import DocumentFaults, read_json
from questionnaires.fault_words import in_both
from questionnaires.library import shared
from questionnaires.names import numbered
from questionnaires.path_checks import path_faults
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Language, Text
from survey_app.services import finding_places
from survey_app.services.drafting import Document
from survey_app.services.finding_places import Path
from survey_app.services.mending import merged
from survey_app.services.sound_parts import sound_part

# What every text needs in Chinese; its English stands beside it under the same stem.
_TEXT_KEYS = ("zh", "title_zh", "hint_zh", "purpose_zh", "intro_zh", "thanks_zh", "help_zh", "short_zh", "low_label_zh",
              "high_label_zh", "best_label_zh", "worst_label_zh")  # fmt: skip

_TOLD_BY_PLACES = "translation_missing"  # `untranslated` says which texts these are, and English is optional
_ENDS = "：:。.？? "
_NAME_QUESTIONS = frozenset(rule.id for rule in LOGIC_RULES) | {
    "repeated_question"
}  # these speak of others by their ids
_UNFINISHED = Text("还没写完", "Not finished")
_NO_WAY = Text("规则不通", "The rule does not work")


class NoSuchFinding(LookupError):  # noqa: N818
    """The draft has no finding of this rule at this place that could be mended by a click."""


@dataclass(frozen=True, slots=True)
class DraftFault:
    """Why the draft is no questionnaire yet: the place as keys and indexes, a sentence, and a few words for a heading."""

    path: Path
    sentence: Text
    title: Text = _UNFINISHED


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """What a design check says. `mend`: the words of the button that would mend it; None if people must.

    `title`: what the rule minds, in a few words.
    """

    rule: str
    severity: Severity
    path: Path
    sentence: Text
    mend: Text | None
    title: Text


@dataclass(frozen=True, slots=True)
class Review:
    """`questionnaire`: what the draft is when it has no faults. `untranslated`: places of texts without English.

    `findings`: of all questions that can be read, also while others have faults. `minutes_needed`: as estimated.
    """

    faults: tuple[DraftFault, ...]
    questionnaire: Questionnaire | None
    untranslated: tuple[Path, ...]
    n_texts: int
    findings: tuple[DraftFinding, ...] = ()
    minutes_needed: float | None = None

    @property
    def blocking(self) -> tuple[DraftFinding, ...]:
        """The findings that keep the draft from being published."""
        return tuple(one for one in self.findings if one.severity == "blocks")

    @property
    def is_publishable(self) -> bool:
        return self.questionnaire is not None and not self.faults and not self.blocking


def faults_of(found: DocumentFaults, document: Document) -> tuple[DraftFault, ...]:
    """Why a document could not be read, for officers: questions go by the numbers that `document` gives them.

    What is said of several places of a question is said once, with their number, at the first of them.
    """
    numbers = _numbers(document)
    places: dict[tuple[Path, Text], list[Path]] = {}
    for fault in found.faults:
        sentence = _by_number(in_both(fault.sentence), numbers)
        owner = fault.path[:4] if finding_places.is_in_item(fault.path) else fault.path
        places.setdefault((owner, sentence), []).append(fault.path)
    return tuple(
        DraftFault(paths[0], _counted(sentence, len(paths)), _NO_WAY if "show_if" in paths[0] else _UNFINISHED)
        for (_owner, sentence), paths in places.items()
    )


def _counted(sentence: Text, n_places: int) -> Text:
    if n_places == 1:
        return sentence
    zh, en = sentence.zh.rstrip("。"), (sentence.en or sentence.zh).rstrip(".。")
    return Text(f"{zh}（{n_places} 处）。", f"{en} ({n_places} places).")


def _numbers(document: Document) -> dict[str, Text]:
    """How officers see questions called: by their numbers; what is only read has none."""
    sections = document.get("sections")
    items = [
        item
        for section in (sections if isinstance(sections, list) else [])
        if isinstance(section, dict) and isinstance(section.get("items"), list)
        for item in section["items"]
        if isinstance(item, dict)
    ]
    ids = (str(item.get("id")) for item in items)
    return dict(zip(ids, numbered(item.get("type") for item in items), strict=True))


def _by_number(sentence: Text, numbers: Mapping[str, Text]) -> Text:
    """“b04”这一题没有…… -> 第 4 题没有……: the question a sentence begins with; ids that are the matter itself stay.

    An option's id is nothing officers ever see, and its words are gone with it.
    """
    found = re.match(r"Item '([a-z0-9_]+)'", sentence.en or "")
    if found is None or found[1] not in numbers:
        return sentence
    name, number = found[1], numbers[found[1]]
    zh = sentence.zh.replace(f"“{name}”这一题", number.zh, 1).replace(f"“{name}”", number.zh, 1)
    spoken = number.in_language("en")
    en = (sentence.en or "").replace(found[0], spoken[:1].upper() + spoken[1:], 1)
    zh = re.sub(r"没有“[a-z0-9_]+”这个选项", "没有规则里选的那个选项", zh)
    return Text(zh, re.sub(r"has no option '[a-z0-9_]+'", "no longer has the option chosen here", en))


def _said_by_numbers(words: Text, numbers: Mapping[str, Text]) -> Text:
    """与 b04 相同 -> 与第 4 题相同, wherever the id of a question stands."""

    def in_language(language: Language) -> str:
        def called(found: re.Match[str]) -> str:
            return numbers[found[0]].in_language(language) if found[0] in numbers else found[0]

        said = re.sub(r"(?<![a-z0-9_])[a-z][a-z0-9_]*", called, words.in_language(language))
        return said if language == "en" else re.sub(r"(?<=[与到]) (?=第)|(?<=题) (?=[相之])", "", said)

    return Text(in_language("zh"), in_language("en"))


def reviewed(document: Document, circumstances: Circumstances = NOTHING_KNOWN) -> Review:
    """Look a draft over. Never raises for what a draft may hold, however unfinished."""
    places = list(_texts(document, ()))
    untranslated = tuple(path for path, english in places if not english)
    faults: tuple[DraftFault, ...] = ()
    questionnaire, readable = None, None
    try:
        questionnaire = readable = questionnaire_of(document)
        faults = tuple(_not_built_yet(questionnaire))
    except DocumentFaults as found:
        faults = faults_of(found, document)
        readable = sound_part(document, found, questionnaire_of)
    findings = () if readable is None else tuple(_findings(document, readable, circumstances))
    if questionnaire is None:  # what is said of the whole holds only once the whole is there
        findings = tuple(one for one in findings if finding_places.is_in_item(one.path))
        faults += _astray(document, faults, findings)
    minutes = None if readable is None else minutes_needed(readable)
    return Review(faults, questionnaire, untranslated, len(places), findings, minutes)


def _astray(
    document: Document, faults: tuple[DraftFault, ...], findings: tuple[DraftFinding, ...]
) -> tuple[DraftFault, ...]:
    """Questions in a circle of rules, or never shown, that nothing else is said of: the reader stops at the first of them."""
    told = {fault.path[:4] for fault in faults if "show_if" in fault.path} | {
        one.path[:4] for one in findings if "show_if" in one.path
    }
    found = [
        each for each in path_faults(document, shared()) if each.severity == "blocks" and each.path[:4] not in told
    ]
    at_rule = (each.path if each.path[-1] == "show_if" else (*each.path, "show_if") for each in found)
    return tuple(DraftFault(path, each.sentence, TITLES[each.rule]) for path, each in zip(at_rule, found, strict=True))


def _not_built_yet(questionnaire: Questionnaire) -> Iterator[DraftFault]:
    """What can be written down and not be asked yet."""
    if questionnaire.issues_tracking_code:
        yield DraftFault(
            ("issues_tracking_code",),
            Text(
                "这份问卷要给每个人一个查询码，现在还不能发起。",
                "This questionnaire gives everybody a code to follow their matter by, which cannot be published yet.",
            ),
        )


def mended(document: Document, rule: str, path: Path, circumstances: Circumstances = NOTHING_KNOWN) -> Document:
    """The draft after the one-click mend of a finding; all else stays as it was written. Raises NoSuchFinding."""
    try:
        readable: Questionnaire | None = questionnaire_of(document)
    except DocumentFaults as found:
        readable = sound_part(document, found, questionnaire_of)
    if readable is None:
        raise NoSuchFinding(rule)
    for finding in design_checks.findings(readable, circumstances):
        here = finding.rule.id == rule and finding_places.path_of(document, finding.place) == path
        if here and finding.mend is not None:
            return merged(document, readable, finding.mend.apply(readable))
    raise NoSuchFinding(rule)


def questionnaire_of(document: Document) -> Questionnaire:
    """The questionnaire that a draft's document is; raises DocumentFaults."""
    return read_json(json.dumps(_without_empty(document), ensure_ascii=False), "draft", shared())


def _findings(document: Document, readable: Questionnaire, circumstances: Circumstances) -> Iterator[DraftFinding]:
    """One for each rule and place: what is said of both languages of a text is said once, of the Chinese."""
    seen = set()
    numbers = _numbers(document)
    for finding in design_checks.findings(readable, circumstances):
        place = finding.place
        where = (finding.rule.id, place.section, place.item, place.part, place.name)
        if where not in seen and finding.rule.id != _TOLD_BY_PLACES:
            seen.add(where)
            known = numbers if finding.rule.id in _NAME_QUESTIONS else {}
            yield DraftFinding(
                finding.rule.id,
                finding.rule.severity,
                finding_places.path_of(document, place),
                _said_by_numbers(_sentence(finding), known),
                _said_by_numbers(finding.mend.label, known) if finding.mend else None,
                TITLES[finding.rule.id],
            )


def _sentence(finding: design_checks.Finding) -> Text:
    """What the rule minds, after the words it is about."""
    reason, about = finding.rule.reason, finding.about
    if about is None:
        return reason
    quoted = Text(about.zh.rstrip(_ENDS), (about.en or about.zh).rstrip(_ENDS))
    return Text(f"{quoted.zh}：{reason.zh}", f"{quoted.en}: {reason.en or reason.zh}")


def _without_empty(value: Any) -> Any:
    """Texts that were emptied while editing are texts that are not there; what only translators want is left out."""
    if isinstance(value, Mapping):
        return {
            key: _without_empty(each)
            for key, each in value.items()
            if each not in ("", None) and not str(key).endswith("zh_before")
        }
    if isinstance(value, list):
        return [_without_empty(each) for each in value]
    return value


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, bool]]:
    """The place of every Chinese text that is written, and whether its English is."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key in _TEXT_KEYS and isinstance(each, str) and each.strip():
                english = value.get(f"{key[:-2]}en")
                yield (*path, key), isinstance(english, str) and bool(english.strip())
            else:
                yield from _texts(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _texts(each, (*path, index))
