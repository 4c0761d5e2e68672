"""Rules that keep people from being recognised by what they are asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from math import prod

from questionnaires.design_checks import word_lists
from questionnaires.design_checks.findings import Circumstances, Place, Rule, Spot
from questionnaires.design_checks.logic_rules import items_wanted
from questionnaires.design_checks.mends import changing, leaving_out, setting
from questionnaires.design_checks.wordings import spoken, wordings
from questionnaires.items import AnyItem, DateItem, NumberItem, TextItem
from questionnaires.questionnaire import ABOUT_YOU, Questionnaire
from questionnaires.skip_logic import All, Condition, FactCondition
from questionnaires.texts import Language, Text
from questionnaires.variants import MOST_PERSONAL_ITEMS

LEAVE_OUT_NAMES = Text("请不要写可以认出个人的内容。", "Please leave out anything that could identify a person.")

_WARNED: dict[Language, str] = {
    "zh": r"不要写|请勿|不要填|不写|对事不对人|认出",
    "en": r"leave out|do not (write|give|mention)|don['’]t (write|give|mention)|identify|speak of the work",
}


@dataclass(frozen=True, slots=True)
class Attribute:
    """An item that puts people into groups others can see. `levels` are its groups without missing answers."""

    section: str
    item: str
    levels: int
    least_members: int


def attributes(questionnaire: Questionnaire) -> list[Attribute]:
    """The items about the person: the closing block, and others whose words ask for such a thing."""
    found = []
    for section in questionnaire.sections:
        for item in section.items:
            levels = _levels(item)
            if levels > 1 and (section.id == ABOUT_YOU or is_personal(item)):
                least = _least_members(questionnaire.condition(item.id))
                found.append(Attribute(section.id, item.id, levels, least))
    return found


def is_personal(item: AnyItem) -> bool:
    """Whether the words of the item ask for something others can see from outside."""
    return item.kind in {"single", "number", "date"} and any(
        word_lists.PERSONAL[language].found(words) for language, words in spoken(item.text)
    )


def _levels(item: AnyItem) -> int:
    match item:
        case NumberItem():
            return item.maximum - item.minimum + 1
        case DateItem():
            return (item.latest - item.earliest).days + 1
    return sum(choice.role != "missing" for choice in item.choices)


def _least_members(condition: Condition | None) -> int:
    """The size below which a branch is never asked this."""
    match condition:
        case FactCondition(fact="branch_members", gte=int(least)):
            return least
        case All():
            return max((_least_members(part) for part in condition.conditions), default=0)
    return 0


def _identifying(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    """More cells than members in the smallest unit asked: on average nobody shares a cell.

    At most two items of the closing block are kept at publishing, so its worst two count, and all others.
    """
    smallest = circumstances.smallest_unit
    if smallest is None:
        return
    found = attributes(questionnaire)
    closing = [one for one in found if one.section == ABOUT_YOU]
    others = [one for one in found if one.section != ABOUT_YOU]
    kept = min(MOST_PERSONAL_ITEMS, len(closing))
    together = [[*others, *pair] for pair in combinations(closing, kept)]
    worst = max(together, key=_crowding(smallest), default=[])
    if worst and _crowding(smallest)(worst) > 1:
        cells, members = prod(one.levels for one in worst), _members(worst, smallest)
        finest = max(worst, key=lambda one: one.levels)
        about = Text(
            f"{'×'.join(str(one.levels) for one in worst)} ＝ {cells} 种组合，最小单位 {members} 人",
            f"{' x '.join(str(one.levels) for one in worst)} = {cells} combinations; the smallest unit has {members} members",
        )
        mend = leaving_out(Text("去掉分得最细的一题", "Leave out the finest of these questions"), finest.item)
        yield Spot(Place(finest.section, finest.item), about, None if _needed(questionnaire, finest.item) else mend)


def _members(attributes: list[Attribute], smallest: int) -> int:
    """The smallest unit in which all of these are asked together."""
    return max(smallest, *(one.least_members for one in attributes))


def _crowding(smallest: int) -> Callable[[list[Attribute]], float]:
    """Cells for each member of the smallest unit in which these are asked."""
    return lambda some: prod(one.levels for one in some) / _members(some, smallest) if some else 0.0


def _needed(questionnaire: Questionnaire, item_id: str) -> bool:
    """Whether another item's rule or carried options rest on this one."""
    return any(item_id in items_wanted(questionnaire, item) for item in questionnaire.items)


def _asks_identity(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for wording in wordings(questionnaire, "text", "row"):
        item = wording.item
        if item is None or not isinstance(item, TextItem | NumberItem | DateItem):
            continue
        passage = word_lists.IDENTITY[wording.language].found(wording.words)
        if passage and not _names_something_else(wording.words):
            mend = None
            if not _needed(questionnaire, item.id):
                mend = leaving_out(Text("删除这一题", "Delete this question"), item.id)
            yield Spot(wording.place, Text(f"“{passage}”", f"“{passage}”"), mend)


def _names_something_else(words: str) -> bool:
    """The name of a thing or a suggestion for one is no person's name."""
    return any(sign in words for sign in ("名称", "suggestion for the", "name for the"))


def _required_sensitive(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section in questionnaire.sections:
        for item in section.items:
            if not item.sensitive or not item.required or any(choice.id == "pnts" for choice in item.choices):
                continue
            # In a channel the message itself is what the sender came to write.
            if not (isinstance(item, TextItem) and questionnaire.issues_tracking_code):
                yield Spot(
                    Place(section.id, item.id),
                    mend=setting(Text("改为选答", "Make it optional"), item.id, required=False),
                )


def _sensitive_unmarked(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for wording in wordings(questionnaire, "text"):
        if (
            wording.item is None
            or wording.item.sensitive
            or wording.item.kind in {"info", "rating", "matrix", "best_worst"}
        ):
            continue
        passage = word_lists.SENSITIVE[wording.language].found(wording.words)
        if passage:
            mend = setting(Text("标为敏感题", "Mark it as sensitive"), wording.item.id, sensitive=True)
            yield Spot(wording.place, Text(f"“{passage}”", f"“{passage}”"), mend)


def _open_answer(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    if not questionnaire.who.anonymous:
        return
    for section in questionnaire.sections:
        for item in section.items:
            if isinstance(item, TextItem) and not _warned(item):
                yield Spot(
                    Place(section.id, item.id, "help"),
                    mend=changing(Text("加上提醒", "Add the reminder"), item.id, _reminding),
                )


def _warned(item: TextItem) -> bool:
    help_zh = item.help.zh if item.help else ""
    return re.search(_WARNED["zh"], help_zh + item.text.zh) is not None


def _reminding(item: AnyItem) -> AnyItem:
    if item.help is None:
        return replace(item, help=LEAVE_OUT_NAMES)
    en = None if item.help.en is None else f"{item.help.en} {LEAVE_OUT_NAMES.en}"
    return replace(item, help=Text(item.help.zh + LEAVE_OUT_NAMES.zh, en))


def _required_text(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section in questionnaire.sections:
        for item in section.items:
            if isinstance(item, TextItem) and item.required and not questionnaire.issues_tracking_code:
                yield Spot(
                    Place(section.id, item.id),
                    mend=setting(Text("改为选答", "Make it optional"), item.id, required=False),
                )


def _personal_first(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    """Told once, at the first such item, if other questions follow."""
    personal = {one.item for one in attributes(questionnaire)}
    asked = [item.id for item in questionnaire.items if item.kind != "info"]
    for place, item_id in enumerate(asked):
        if item_id in personal and not set(asked[place + 1 :]) <= personal:
            section = next(one.id for one in questionnaire.sections if any(item.id == item_id for item in one.items))
            yield Spot(Place(section, item_id))
            return


RULES = (
    Rule(
        "identifying_combination", "blocks",
        Text("个人情况的组合比最小单位的人数还多，答卷可以对应到人。", "There are more combinations of personal details than members in the smallest unit: answers can be traced to people."),
        _identifying,
    ),
    Rule(
        "asks_identity", "blocks",
        Text("问姓名、工号、电话、证件号等就不再是匿名调查。", "A survey that asks for names, numbers or addresses is no longer anonymous."),
        _asks_identity,
    ),
    Rule(
        "required_sensitive", "blocks",
        Text("敏感的题不能强制回答，请改为选答或加上“不愿说明”。", "Nobody may be made to answer a sensitive question; make it optional or offer 'rather not say'."),
        _required_sensitive,
    ),
    Rule(
        "sensitive_unmarked", "warns",
        Text("健康、收入、信仰等是敏感内容，请标为敏感题，以便特别保护。", "Health, money and belief are sensitive; mark the question so that its answers get special care."),
        _sensitive_unmarked,
    ),
    Rule(
        "open_answer_warning", "hints",
        Text("自由填写的题应提醒不要写能认出人的内容。", "An open question should remind people to leave out what could identify anyone."),
        _open_answer,
    ),
    Rule(
        "required_free_text", "warns",
        Text("强制填写文字会让人中途退出或乱填。", "Being made to write leads people to break off or to write anything."),
        _required_text,
    ),
    Rule(
        "personal_first", "hints",
        Text("一开始就问个人情况会让人担心被认出，请放到最后。", "Asking about the person first makes people fear being recognised; put it last."),
        _personal_first,
    ),
)  # fmt: skip
