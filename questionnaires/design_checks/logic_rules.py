"""Rules about skip logic: what is never shown, what refers to nothing, what goes in circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from questionnaires.design_checks.findings import Circumstances, Mend, Place, Rule, Spot
from questionnaires.design_checks.mends import setting
from questionnaires.design_checks.reachability import can_hold, opposing
from questionnaires.items import AnyItem, carried_from
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.skip_logic import ItemCondition, item_conditions
from questionnaires.texts import Text


def items_wanted(questionnaire: Questionnaire, item: AnyItem) -> set[str]:
    """Ids of the items on which this one's being shown, or its choices, rest."""
    wanted = {part.item for part in item_conditions(questionnaire.condition(item.id))}
    return wanted | set(carried_from(item).values())


def _order(questionnaire: Questionnaire) -> dict[str, int]:
    return {item.id: place for place, item in enumerate(questionnaire.items)}


def _placed(questionnaire: Questionnaire) -> Iterator[tuple[Section, AnyItem]]:
    for section in questionnaire.sections:
        for item in section.items:
            yield section, item


def _always(item_id: str) -> Mend:
    return setting(Text("去掉显示条件", "Always show it"), item_id, show_if=None)


def _dangling(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        gone = sorted(name for name in items_wanted(questionnaire, item) if name not in questionnaire)
        gone += [
            f"{part.item}.{name}"
            for part in item_conditions(questionnaire.condition(item.id))
            if part.item in questionnaire
            for name in (*part.in_, *part.not_in)
            if name not in {choice.id for choice in questionnaire.item(part.item).choices}
        ]
        if gone:
            mend = None if item.show_if is None or carried_from(item) else _always(item.id)
            yield Spot(Place(section.id, item.id, "rule"), Text("、".join(gone), ", ".join(gone)), mend)


def _forward(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    order, circles = _order(questionnaire), _in_circles(questionnaire)
    for section, item in _placed(questionnaire):
        later = sorted(name for name in items_wanted(questionnaire, item) if order.get(name, -1) >= order[item.id])
        if later and item.id not in circles:
            mend = _moved_after(item.id, max(later, key=lambda name: order[name]))
            yield Spot(Place(section.id, item.id, "rule"), Text("、".join(later), ", ".join(later)), mend)


def _moved_after(item_id: str, other: str) -> Mend:
    def apply(questionnaire: Questionnaire) -> Questionnaire:
        moved = questionnaire.item(item_id)
        sections = []
        for section in questionnaire.sections:
            items: list[AnyItem] = []
            for item in section.items:
                if item.id != item_id:
                    items.append(item)
                if item.id == other:
                    items.append(moved)
            sections.append(replace(section, items=tuple(items)))
        return replace(questionnaire, sections=tuple(sections))

    return Mend(Text(f"移到 {other} 之后", f"Move it after {other}"), apply)


def _in_circles(questionnaire: Questionnaire) -> frozenset[str]:
    """Items that rest on themselves through others."""
    rests_on = {item.id: items_wanted(questionnaire, item) for item in questionnaire.items}
    return frozenset(one for one in rests_on if one in _reached(rests_on, one))


def _reached(rests_on: Mapping[str, set[str]], start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(rests_on[start])
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += rests_on.get(one, ())
    return reached


def _loop(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    circles = _in_circles(questionnaire)
    for section, item in _placed(questionnaire):
        if item.id in circles:
            waits = dict.fromkeys(part.item for part in item_conditions(questionnaire.condition(item.id)))
            others = [name for name in waits if name in circles]
            about = Text("、".join(others), ", ".join(others))
            yield Spot(Place(section.id, item.id, "rule"), about, mend=_always(item.id) if item.show_if else None)


def _unreachable(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    circles = _in_circles(questionnaire)
    for section, item in _placed(questionnaire):
        condition = questionnaire.condition(item.id)
        if condition is not None and item.id not in circles and not can_hold(questionnaire, condition):
            others = opposing(questionnaire, condition)
            about = None
            if others:
                about = Text(f"与{'、'.join(others)}的规则矛盾", f"it goes against the rule of {', '.join(others)}")
            yield Spot(Place(section.id, item.id, "rule"), about, mend=_always(item.id) if item.show_if else None)


def _always_shown(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _placed(questionnaire):
        match item.show_if:
            case ItemCondition(item=name, in_=listed) if listed and name in questionnaire:
                source = questionnaire.item(name)
                everything = {choice.id for choice in source.choices} <= set(listed)
                if everything and source.required and questionnaire.condition(name) is None:
                    yield Spot(Place(section.id, item.id, "rule"), mend=_always(item.id))


RULES = (
    Rule(
        "dangling_reference", "blocks",
        Text("规则提到的题目或选项不存在。", "The rule names a question or option that does not exist."),
        _dangling,
    ),
    Rule(
        "forward_reference", "blocks",
        Text("规则依赖后面的题，此时还没有人回答。", "The rule rests on a later question that nobody has answered yet."),
        _forward,
    ),
    Rule(
        "logic_loop", "blocks",
        Text("几条规则互相依赖，谁也不会先显示。", "These rules wait for each other, so none is ever met."),
        _loop,
    ),
    Rule(
        "unreachable", "blocks",
        Text("规则有矛盾，这一题永远不会显示。", "The rule can never be met: this question is never shown."),
        _unreachable,
    ),
    Rule(
        "always_shown", "hints",
        Text("规则总是成立，可以去掉。", "The rule always holds and may be removed."),
        _always_shown,
    ),
)  # fmt: skip
