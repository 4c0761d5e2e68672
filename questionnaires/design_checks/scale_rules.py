"""Rules about response scales: balance, labels, direction, and a way to say that one does not know."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from questionnaires.design_checks.findings import Circumstances, Mend, Place, Rule, Spot
from questionnaires.design_checks.mends import changing, setting
from questionnaires.design_checks.scale_words import leanings
from questionnaires.items import AnyItem, LikelihoodItem, MatrixItem, RatingItem
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.scales import RATHER_NOT_SAY, Choice
from questionnaires.texts import Language, Text

DONT_KNOW = Choice("na", Text("不了解／不适用", "Don't know / not applicable"), role="missing")

_BARE = re.compile(r"[-+]?\d+([.]\d+)?\s*(分|星|级|points?|stars?)?", re.IGNORECASE)


def points(item: AnyItem) -> tuple[Choice, ...]:
    """The points of the item's scale, in the order shown; empty where its choices are no scale."""
    graded = tuple(choice for choice in item.choices if choice.role != "missing")
    if isinstance(item, LikelihoodItem) or len(graded) < 2 or any(choice.value is None for choice in graded):
        return ()
    return graded


def _items(questionnaire: Questionnaire) -> Iterator[tuple[Section, AnyItem]]:
    for section in questionnaire.sections:
        for item in section.items:
            yield section, item


def _unbalanced(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _items(questionnaire):
        graded = points(item)
        for language in _languages(graded):
            found = leanings(graded, language) if graded else None
            if found and found[0] != found[1] and sum(found) > 0:
                good, bad = found
                yield Spot(
                    Place(section.id, item.id, "scale", language=language),
                    Text(f"偏好的选项 {good} 个，偏差的 {bad} 个", f"{good} favourable, {bad} unfavourable"),
                )


def _languages(choices: Sequence[Choice]) -> tuple[Language, ...]:
    return ("zh", "en") if all(choice.text.en is not None for choice in choices) else ("zh",)


def _unlabelled(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _items(questionnaire):
        bare = [choice for choice in points(item) if _BARE.fullmatch(choice.text.zh.strip())]
        if bare:
            names = "、".join(choice.text.zh for choice in bare)
            yield Spot(Place(section.id, item.id, "scale"), Text(names, names.replace("、", ", ")))


def _mixed(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    """The direction most scales of the questionnaire have is right; in a tie, the one that comes first."""
    directions = {item.id: one for _, item in _items(questionnaire) if (one := _direction(points(item)))}
    if len(set(directions.values())) < 2:
        return
    usual = Counter(directions.values()).most_common(1)[0][0]
    for section, item in _items(questionnaire):
        if directions.get(item.id, usual) != usual:
            yield Spot(Place(section.id, item.id, "scale"), mend=_turned(item.id))


def _direction(graded: Sequence[Choice]) -> str | None:
    values = [choice.value or 0 for choice in graded]
    if not values or sorted(values) not in (values, values[::-1]):
        return None
    return "up" if values[0] < values[-1] else "down"


def _turned(item_id: str) -> Mend:
    def change(item: AnyItem) -> AnyItem:
        graded = points(item)
        rest = tuple(choice for choice in item.choices if choice not in graded)
        turned = replace(item, choices=(*reversed(graded), *rest))
        if isinstance(turned, RatingItem | MatrixItem):
            return replace(turned, scale=replace(turned.scale, choices=tuple(reversed(turned.scale.choices))))
        return turned

    return changing(Text("按相同方向排列", "Turn the scale round"), item_id, change)


def _no_dont_know(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _items(questionnaire):
        if isinstance(item, RatingItem | MatrixItem) and not any(
            choice.role == "missing" and choice.id != RATHER_NOT_SAY.id for choice in item.choices
        ):
            yield Spot(Place(section.id, item.id, "scale"), mend=_with_dont_know(item))


def _with_dont_know(item: RatingItem | MatrixItem) -> Mend:
    na = item.scale.na or DONT_KNOW
    choices = (*(one for one in item.choices if one.role != "missing"), na)
    return setting(
        Text("加上“不了解／不适用”", "Add 'don't know'"), item.id, choices=choices, scale=replace(item.scale, na=na)
    )


def _no_way_out(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    for section, item in _items(questionnaire):
        if item.required and item.choices and not any(choice.role == "missing" for choice in item.choices):
            way_out = replace(RATHER_NOT_SAY, exclusive=item.kind in {"multi", "rank_top"})
            mend = setting(Text("加上“不愿说明”", "Add 'rather not say'"), item.id, choices=(*item.choices, way_out))
            yield Spot(Place(section.id, item.id, "option"), mend=mend)


RULES = (
    Rule(
        "unbalanced_scale", "warns",
        Text("偏好与偏差的选项不一样多，结果会偏向多的一边。", "More options on one side than on the other pull the result that way."),
        _unbalanced,
    ),
    Rule(
        "unlabelled_points", "warns",
        Text("只有数字的刻度各人理解不同，请给每个刻度写上文字。", "People read bare numbers differently; give every point of the scale its words."),
        _unlabelled,
    ),
    Rule(
        "mixed_directions", "warns",
        Text("量表方向不一，习惯了前面的顺序的人会点错。", "This scale runs the other way from the rest, and people will tap by habit."),
        _mixed,
    ),
    Rule(
        "no_dont_know", "hints",
        Text("不了解情况的人只能乱选或空着，请给出“不了解”。", "Those who do not know can only guess or leave it; offer 'don't know'."),
        _no_dont_know,
    ),
    Rule(
        "no_way_out", "warns",
        Text("必答题没有“不愿说明”一类的出口，不想回答的人会中途退出。", "A required question without a way out makes people break off."),
        _no_way_out,
    ),
)  # fmt: skip
