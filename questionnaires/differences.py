"""What changed between two versions of a questionnaire, in words, and which items stay comparable over the years."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from difflib import SequenceMatcher
from typing import Any, Literal

from questionnaires.difference_words import AROUND, OF_ITEM, changed_sentence
from questionnaires.items import AnyItem, Item, MatrixItem, Row
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
            yield Difference("changed", None, changed_sentence(zh, en, before, after))


def _sections(earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    before, after = ({one.id: one for one in whole.sections} for whole in (earlier, later))
    for name in before.keys() - after.keys():
        title = before[name].title
        yield Difference(
            "removed", None, Text(f"删去了部分“{title.zh}”。", f"The section “{title.in_language('en')}” was removed.")
        )
    for name, section in after.items():
        title = section.title
        if name not in before:
            yield Difference(
                "added", None, Text(f"增加了部分“{title.zh}”。", f"The section “{title.in_language('en')}” was added.")
            )
            continue
        for what, zh, en in (("title", "标题", "title"), ("hint", "提示", "hint"), ("show_if", "显示条件", "rule")):
            if getattr(before[name], what) != getattr(section, what):
                yield Difference(
                    "changed",
                    None,
                    Text(
                        f"部分“{title.zh}”的{zh}改了。", f"The {en} of section “{title.in_language('en')}” was changed."
                    ),
                )


def _items(earlier: Questionnaire, later: Questionnaire) -> Iterator[Difference]:
    for item in earlier.items:
        if item.id not in later:
            label = item.label
            yield Difference(
                "removed",
                item.id,
                Text(f"删去了 {item.id}“{label.zh}”。", f"{item.id} “{label.in_language('en')}” was removed."),
                item.stable,
            )
    moved = _moved([item.id for item in earlier.items], [item.id for item in later.items])
    before, after = _section_of(earlier), _section_of(later)
    moved |= {name for name in before.keys() & after.keys() if before[name] != after[name]}
    for item in later.items:
        label = item.label
        if item.id not in earlier:
            yield Difference(
                "added",
                item.id,
                Text(f"增加了 {item.id}“{label.zh}”。", f"{item.id} “{label.in_language('en')}” was added."),
            )
            continue
        if item.id in moved:
            yield Difference(
                "moved",
                item.id,
                Text(f"{item.id}“{label.zh}”换了位置。", f"{item.id} “{label.in_language('en')}” was moved."),
            )
        yield from _of_item(earlier.item(item.id), item)


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


def _of_item(before: AnyItem, after: AnyItem) -> Iterator[Difference]:
    name = after.id
    if type(before) is not type(after):
        yield Difference(
            "changed",
            name,
            Text(
                f"{name} 由 {before.kind} 题改为 {after.kind} 题。",
                f"{name} was a {before.kind} item and is now a {after.kind} item.",
            ),
            breaks_comparison=True,
        )
    for one in fields(Item if type(before) is not type(after) else after):
        was, now = getattr(before, one.name), getattr(after, one.name)
        if one.name in OF_ITEM and was != now:
            zh, en = OF_ITEM[one.name]
            breaks = one.name not in _HARMLESS and _asked(was) != _asked(now)
            yield Difference("changed", name, changed_sentence(f"{name} 的{zh}", f"{name}: {en}", was, now), breaks)
    yield from _of_list(name, ("选项", "option"), before.choices, after.choices)
    if isinstance(before, MatrixItem) and isinstance(after, MatrixItem):
        yield from _of_list(name, ("行", "row"), before.rows, after.rows)


def _of_list(
    item: str, what: tuple[str, str], before: Sequence[Choice | Row], after: Sequence[Choice | Row]
) -> Iterator[Difference]:
    zh, en = what
    was, now = {one.id: one for one in before}, {one.id: one for one in after}
    for one in before:
        if one.id not in now:
            yield Difference(
                "changed",
                item,
                Text(
                    f"{item} 删去了{zh}“{one.text.zh}”。",
                    f"{item}: the {en} “{one.text.in_language('en')}” was removed.",
                ),
                breaks_comparison=True,
            )
    for one in after:
        if one.id not in was:
            yield Difference(
                "changed",
                item,
                Text(
                    f"{item} 增加了{zh}“{one.text.zh}”。", f"{item}: the {en} “{one.text.in_language('en')}” was added."
                ),
                breaks_comparison=True,
            )
        elif was[one.id] != one:
            first = was[one.id].text
            sentence = (
                Text(
                    f"{item} 的{zh}“{first.zh}”改为“{one.text.zh}”。",
                    f"{item}: the {en} “{first.in_language('en')}” now reads “{one.text.in_language('en')}”.",
                )
                if first != one.text
                else Text(
                    f"{item} 的{zh}“{one.text.zh}”改了设置。",
                    f"{item}: the settings of {en} “{one.text.in_language('en')}” were changed.",
                )
            )
            yield Difference("changed", item, sentence, _asked(was[one.id]) != _asked(one))
    if _moved([one.id for one in before], [one.id for one in after]):
        yield Difference(
            "changed",
            item,
            Text(f"{item} 的{zh}换了顺序。", f"{item}: the order of its {en}s was changed."),
            breaks_comparison=True,
        )
