"""What changed between two versions of a questionnaire, in words, and which items stay comparable over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from difflib import SequenceMatcher
from typing import Any, Literal

from questionnaires.difference_words import (
    AROUND,
    OF_ITEM,
    OPTION,
    ROW,
    as_read,
    changed_sentence,
    entry_changed_sentence,
    entry_recoded_sentence,
    entry_sentence,
    moved_sentence,
    recoded_sentence,
)
from questionnaires.items import AnyItem, Item, MatrixItem, Row
from questionnaires.names import KINDS, at_start, item_names, section_names, with_words
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice, ResponseScale
from questionnaires.texts import Text

Kind = Literal["added", "removed", "moved", "changed"]

# Changing these leaves the answers of an item comparable.
_HARMLESS = frozenset(
    {
        "short",
        "help",
        "feeds",
        "themes",
        "module",
        "prefill",
        "stable",
        "sensitive",
        "person",
        "copy_of",
        "display",
        "show_if",
    }
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One change. `item` is None for what stands around the items; `breaks_comparison` ends a trend of that item."""

    kind: Kind
    item: str | None
    sentence: Text
    breaks_comparison: bool = False


def comparable(earlier: AnyItem, later: AnyItem) -> bool:
    """Whether answers to both may stand in one trend: same question, same options in the same order, same type.

    English wording may be added or mended without breaking a trend, because Chinese is what is asked.
    """
    return type(earlier) is type(later) and all(
        _asked(getattr(earlier, one.name)) == _asked(getattr(later, one.name))
        for one in fields(earlier)
        if one.name not in _HARMLESS
    )


def _asked(value: Any) -> Any:
    """The value without what does not change the question."""
    match value:
        case Text():
            return value.zh
        case Choice():
            return (value.id, value.text.zh, value.value, value.role, value.exclusive)
        case Row():
            return (value.id, value.text.zh)
        case ResponseScale():
            return tuple(_asked(choice) for choice in value.choices)
        case tuple():
            return tuple(_asked(part) for part in value)
    return value


def comparable_items(earlier: Questionnaire, later: Questionnaire) -> tuple[str, ...]:
    """Ids of the items whose answers in both versions may be compared, in the order of the later one."""
    return tuple(item.id for item in later.items if item.id in earlier and comparable(earlier.item(item.id), item))


def broken_items(earlier: Questionnaire, later: Questionnaire) -> tuple[str, ...]:
    """Ids of stable items of the earlier version that are gone or can no longer be compared."""
    kept = set(comparable_items(earlier, later))
    return tuple(item.id for item in earlier.items if item.stable and item.id not in kept)


def differences(earlier: Questionnaire, later: Questionnaire) -> tuple[Difference, ...]:
    """Every change from the earlier to the later version: around the items, sections, then items in order."""
    return (*_around(earlier, later), *_sections(earlier, later), *_items(earlier, later))


def _around(earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    for name, (zh, en) in AROUND.items():
        before, after = getattr(earlier, name), getattr(later, name)
        if before != after:
            words = changed_sentence(zh, en, as_read(name, before, earlier), as_read(name, after, later))
            yield Difference("changed", None, words)


def _sections(earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    before, after = ({one.id: one for one in whole.sections} for whole in (earlier, later))
    gone, now = section_names(earlier), section_names(later)
    for name in before:
        if name not in after:
            told = Text(f"删去了以前的{gone[name].zh}。", f"The earlier {gone[name].en} was removed.")
            yield Difference("removed", None, told)
    for name, section in after.items():
        called = at_start(now[name])
        if name not in before:
            yield Difference("added", None, Text(f"增加了{called.zh}。", f"{called.en} was added."))
            continue
        for what, zh, en in (("title", "标题", "title"), ("hint", "提示", "hint"), ("show_if", "显示条件", "rule")):
            if getattr(before[name], what) != getattr(section, what):
                told = Text(f"{called.zh}的{zh}改了。", f"{called.en}: the {en} was changed.")
                yield Difference("changed", None, told)


def _items(earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    was, now = item_names(earlier), item_names(later)
    recoded = _recoded(earlier, later)
    for item in earlier.items:
        if item.id not in later and item.id not in recoded.values():
            name = with_words(was[item.id], item.label)
            told = Text(f"删去了以前的{name.zh}。", f"The earlier {name.en} was removed.")
            yield Difference("removed", item.id, told, item.stable)
    moved = _moved([item.id for item in earlier.items], [item.id for item in later.items])
    before, after = _section_of(earlier), _section_of(later)
    moved |= {name for name in before.keys() & after.keys() if before[name] != after[name]}
    for item in later.items:
        called = at_start(with_words(now[item.id], item.label))
        if item.id in recoded:
            old = earlier.item(recoded[item.id])
            yield Difference("changed", item.id, recoded_sentence(now[item.id], old.id, item.id), old.stable)
        elif item.id not in earlier:
            yield Difference("added", item.id, Text(f"增加了{called.zh}。", f"{called.en} was added."))
        if item.id in moved:
            yield Difference("moved", item.id, moved_sentence(called, was[item.id], now[item.id]))
        if item.id in earlier:
            yield from _of_item(item.id, at_start(now[item.id]), earlier, later)


def _recoded(earlier: Questionnaire, later: Questionnaire) -> dict[str, str]:
    """Items that came under another id and are otherwise the same: the new id to the old one."""
    gone = [item for item in earlier.items if item.id not in later]
    found: dict[str, str] = {}
    for item in later.items:
        if item.id not in earlier:
            old = next((one for one in gone if replace(one, id=item.id, show_if=item.show_if) == item), None)
            if old is not None:
                gone.remove(old)
                found[item.id] = old.id
    return found


def _section_of(questionnaire: Questionnaire) -> dict[str, str]:
    return {item.id: section.id for section in questionnaire.sections for item in section.items}


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those of both lists that left their order: the fewest that explain the change."""
    both = set(before) & set(after)
    was, now = [one for one in before if one in both], [one for one in after if one in both]
    kept = {
        was[start + step]
        for start, _, size in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks()
        for step in range(size)
    }
    return both - kept


def _of_item(item_id: str, called: Text, earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    before, after = earlier.item(item_id), later.item(item_id)
    if type(before) is not type(after):
        told = changed_sentence(
            f"{called.zh}的题型", f"{called.en}: the type", (KINDS[before.kind],), (KINDS[after.kind],)
        )
        yield Difference("changed", item_id, told, breaks_comparison=True)
    for one in fields(Item if type(before) is not type(after) else after):
        was, now = getattr(before, one.name), getattr(after, one.name)
        if one.name in OF_ITEM and was != now:
            zh, en = OF_ITEM[one.name]
            breaks = one.name not in _HARMLESS and _asked(was) != _asked(now)
            first, then = as_read(one.name, was, earlier), as_read(one.name, now, later)
            told = changed_sentence(f"{called.zh}的{zh}", f"{called.en}: {en}", first, then)
            yield Difference("changed", item_id, told, breaks)
    yield from _of_list(item_id, called, OPTION, before.choices, after.choices)
    if isinstance(before, MatrixItem) and isinstance(after, MatrixItem):
        yield from _of_list(item_id, called, ROW, before.rows, after.rows)


def _of_list(
    item_id: str, called: Text, what: tuple[str, str], before: Sequence[Choice | Row], after: Sequence[Choice | Row]
) -> Iterator[Difference]:
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    gone = {one.text: one.id for one in before if one.id not in now}
    fresh = {one.text for one in after if one.id not in was}
    for one in before:
        if one.id not in now and one.text not in fresh:
            yield Difference("changed", item_id, entry_sentence(called, what, "removed", one.text), True)
    for one in after:
        if one.id not in was and one.text in gone:
            told = entry_recoded_sentence(called, what, one.text, gone[one.text], one.id)
            yield Difference("changed", item_id, told, breaks_comparison=True)
        elif one.id not in was:
            yield Difference("changed", item_id, entry_sentence(called, what, "added", one.text), True)
        elif was[one.id] != one:
            told = entry_changed_sentence(called, what, was[one.id].text, one.text)
            yield Difference("changed", item_id, told, _asked(was[one.id]) != _asked(one))
    if _moved([one.id for one in before], [one.id for one in after]):
        told = Text(f"{called.zh}的{what[0]}换了顺序。", f"{called.en}: the order of its {what[1]}s was changed.")
        yield Difference("changed", item_id, told, breaks_comparison=True)
