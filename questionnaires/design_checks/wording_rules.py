"""Rules about how items are worded. Each looks at one language at a time, because a fault may stand in one alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from questionnaires.design_checks import word_lists
from questionnaires.design_checks.findings import Circumstances, Part, Rule, Spot
from questionnaires.design_checks.scale_words import family_of
from questionnaires.design_checks.wordings import Wording, wordings
from questionnaires.items import AnyItem, LikelihoodItem, MatrixItem, RatingItem, SingleItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Language, Text

Find = Callable[[Questionnaire, Circumstances], Iterator[Spot]]

# What two thumbs' width of a small phone shows in about four lines.
LONGEST: dict[tuple[str, Language], int] = {
    ("text", "zh"): 50, ("text", "en"): 160, ("row", "zh"): 40, ("row", "en"): 120,
    ("option", "zh"): 30, ("option", "en"): 90, ("help", "zh"): 80, ("help", "en"): 240,
}  # fmt: skip


def quoting(words: Mapping[Language, word_lists.Words], *parts: Part, only: Callable[[AnyItem], bool]) -> Find:
    """A finder that quotes the first suspect passage of every wording of these parts."""

    def find(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
        for wording in wordings(questionnaire, *parts):
            if wording.item is None or not only(wording.item):
                continue
            passage = words[wording.language].found(_plain(wording.words))
            if passage:
                yield Spot(wording.place, _quoted(passage))

    return find


def _plain(words: str) -> str:
    """Without placeholders: what fills them is not the wording's fault."""
    return re.sub(r"\{\{.*?\}\}", "□", words)


def _quoted(passage: str) -> Text:
    return Text(f"“{passage}”", f"“{passage}”")


def _every(item: AnyItem) -> bool:  # noqa: ARG001
    return True


def _any(item: AnyItem) -> bool:
    return item.kind != "info"


def _judged(item: AnyItem) -> bool:
    """Items that take one judgement of one thing."""
    return isinstance(item, RatingItem | MatrixItem | LikelihoodItem)


def _statement(item: AnyItem) -> bool:
    """Statements one agrees or disagrees with; there a negation makes disagreeing a double negation."""
    return isinstance(item, RatingItem | MatrixItem) and family_of(item.scale) == "agreement"


def _double_barrelled(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    yield from quoting(word_lists.DOUBLE_BARRELLED, "text", only=_judged)(questionnaire, circumstances)
    yield from quoting(word_lists.TWO_ASPECTS, "row", only=_judged)(questionnaire, circumstances)
    for wording in wordings(questionnaire, "text"):
        if isinstance(wording.item, SingleItem) and _asks_a_judgement(wording):
            passage = word_lists.DOUBLE_BARRELLED[wording.language].found(_plain(wording.words))
            if passage:
                yield Spot(wording.place, _quoted(passage))


def _asks_a_judgement(wording: Wording) -> bool:
    """A single choice asks for a judgement where its options form a scale or its words say so."""
    assert wording.item is not None
    if sum(choice.value is not None for choice in wording.item.choices) >= 2:
        return True
    judged = (
        r"满意|评价|看法|怎么样|如何|赞成|同意"
        if wording.language == "zh"
        else r"satisfied|content with|opinion|rate|think of|agree|in favour"
    )
    return re.search(judged, wording.words) is not None


def _negation(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    """Where a double negation is found, saying so is enough."""
    twice = {spot.place for spot in DOUBLE_NEGATION(questionnaire, circumstances)}
    single = quoting(word_lists.NEGATION, "text", "row", only=_statement)
    yield from (spot for spot in single(questionnaire, circumstances) if spot.place not in twice)


def _vague(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    """A frequency scale may well ask how often."""

    def fixed(item: AnyItem) -> bool:
        return item.kind in {"single", "multi", "number", "rating"} and not (
            isinstance(item, RatingItem) and family_of(item.scale) == "frequency"
        )

    yield from quoting(word_lists.VAGUE, "text", only=fixed)(questionnaire, circumstances)


def _jargon(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    parts: tuple[Part, ...] = ("text", "row", "option", "help")
    named = list(quoting(word_lists.JARGON, *parts, only=_every)(questionnaire, circumstances))
    yield from named
    seen = {spot.place for spot in named}
    for wording in wordings(questionnaire, *parts):
        shouted = [one for one in word_lists.ABBREVIATION.findall(wording.words) if not _known(one)]
        if shouted and wording.place not in seen and not _all_capitals(wording.words):
            yield Spot(wording.place, _quoted(shouted[0]))


def _all_capitals(words: str) -> bool:
    """A heading in capitals, such as NOTICE TO STAFF, is no abbreviation."""
    return words.isascii() and words.isupper() and " " in words


def _known(abbreviation: str) -> bool:
    return abbreviation in word_lists.ABBREVIATIONS_KNOWN


def _too_long(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for wording in wordings(questionnaire, "text", "row", "option", "help"):
        longest = LONGEST[wording.place.part, wording.language]
        if wording.item is not None and wording.item.kind == "info":
            longest *= 4
        if len(wording.words) > longest:
            count = len(wording.words)
            yield Spot(
                wording.place,
                Text(f"{count} 个字符，建议不超过 {longest}", f"{count} characters, better at most {longest}"),
            )


def _presupposes(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    """Asked of everyone, with no option for those it does not apply to."""
    for wording in wordings(questionnaire, "text"):
        item = wording.item
        if item is None or item.kind not in {"single", "multi", "text", "rank_top"}:
            continue
        if questionnaire.condition(item.id) or getattr(item, "options_from", None):
            continue
        if any(choice.role == "exclusive" or choice.id in {"na", "none"} for choice in item.choices):
            continue
        if item.choices and _yes_or_no(item):
            continue
        passage = word_lists.PRESUPPOSES[wording.language].found(wording.words)
        if passage:
            yield Spot(wording.place, _quoted(passage))


def _yes_or_no(item: AnyItem) -> bool:
    answers = [choice.text.zh for choice in item.choices if choice.role == "answer"]
    return item.kind == "single" and len(answers) == 2 and any(one in _NO for one in answers)


_NO = frozenset({"没有", "没", "否", "不是", "不会", "不", "没有过"})


def _scale_mismatch(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for wording in wordings(questionnaire, "text"):
        if not isinstance(wording.item, RatingItem | MatrixItem):
            continue
        asked = [name for name, cue in ASKED[wording.language].items() if re.search(cue, wording.words, re.IGNORECASE)]
        offered = family_of(wording.item.scale)
        if len(asked) == 1 and offered and asked[0] != offered:
            yield Spot(wording.place, Text(*SCALE_NAMES[asked[0]]))


ASKED: dict[Language, dict[str, str]] = {
    "zh": {
        "satisfaction": r"满意(吗|度|程度|与否)|是否满意|有多满意",
        "agreement": r"同意(吗|程度|与否)|是否同意",
        "frequency": r"多久.{0,8}一次|频率|多经常|多常|频繁程度|经常吗",
        "importance": r"重要(吗|性|程度)|是否重要|有多重要",
    },
    "en": {
        "satisfaction": r"\bhow satisfied\b",
        "agreement": r"\bdo you agree\b|\bhow far do you agree\b|\bhow strongly do you\b",
        "frequency": r"\bhow (often|frequently)\b",
        "importance": r"\bhow important\b",
    },
}
SCALE_NAMES = {
    "satisfaction": ("题目问满意程度，选项不是", "The question asks how satisfied; the options do not"),
    "agreement": ("题目问是否同意，选项不是", "The question asks about agreement; the options do not"),
    "frequency": ("题目问多久一次，选项不是", "The question asks how often; the options do not"),
    "importance": ("题目问重要程度，选项不是", "The question asks how important; the options do not"),
}

DOUBLE_NEGATION = quoting(word_lists.DOUBLE_NEGATION, "text", "row", only=_any)

RULES = (
    Rule(
        "double_barrelled", "warns",
        Text("一题问两件事，看法不同的人无法作答，结果也说不清是哪一件。", "It asks two things at once: whoever judges them differently cannot answer, and nobody knows which was meant."),
        _double_barrelled,
    ),
    Rule(
        "leading", "warns",
        Text("题目暗示了“应该”的答案，结果会偏高。", "The wording suggests the answer that is wanted, which biases the result."),
        quoting(word_lists.LEADING, "text", "row", only=_any),
    ),
    Rule(
        "loaded", "warns",
        Text("带褒贬的词先下了结论，请用中性的说法。", "Words of praise or blame judge before the respondent does; use neutral ones."),
        quoting(word_lists.LOADED, "text", "row", only=_any),
    ),
    Rule(
        "absolute", "warns",
        Text("“总是”“所有”一类绝对的说法几乎没有人能同意。", "Hardly anyone can agree with an absolute such as 'always' or 'all'."),
        quoting(word_lists.ABSOLUTE, "text", "row", only=_judged),
    ),
    Rule(
        "negation", "hints",
        Text("对否定句选“不同意”容易读反，尽量改成肯定句。", "Disagreeing with a negative is easily misread; state it positively where you can."),
        _negation,
    ),
    Rule(
        "double_negation", "warns",
        Text("双重否定容易被读反，请改成肯定句。", "A double negation is easily read the wrong way round; state it positively."),
        DOUBLE_NEGATION,
    ),
    Rule(
        "vague", "hints",
        Text("“最近”“经常”各人理解不同，请写明期限或次数。", "People read 'recently' or 'often' differently; name a period or a number."),
        _vague,
    ),
    Rule(
        "jargon", "hints",
        Text("行话和缩写不是每位教职工都懂，请用日常的话。", "Not every member of staff knows jargon and abbreviations; use everyday words."),
        _jargon,
    ),
    Rule(
        "too_long", "warns",
        Text("在手机上要滚动才能看完，读到后面忘了前面。", "On a phone this has to be scrolled, and its beginning is forgotten by its end."),
        _too_long,
    ),
    Rule(
        "presupposes", "warns",
        Text("题目假定了一件对有些人不成立的事，请先问是否如此，再用跳题。", "It takes for granted what is not so for everyone; ask that first and show this by a rule."),
        _presupposes,
    ),
    Rule(
        "scale_mismatch", "warns",
        Text("题目的问法与选项不是一回事。", "The options do not answer the question as it is put."),
        _scale_mismatch,
    ),
)  # fmt: skip
