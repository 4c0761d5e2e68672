"""Skip logic over the flat array: conditions compiled to small functions of codes and facts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from questionnaires.items import AnyItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, Facts, ItemCondition, fact_holds

Test = Callable[[Sequence[int | None], Facts], bool]


class Places:
    """Where the columns of each item stand in the array."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._places: dict[str, list[int]] = {item.id: [] for item in questionnaire.items}
        for place, column in enumerate(questionnaire.columns):
            self._places[column.item].append(place)

    def of(self, item_id: str) -> list[int]:
        return self._places[item_id]


def compiled(condition: Condition | None, places: Places) -> Test:
    """A test with the meaning of `skip_logic.holds`, for an array whose earlier columns are already checked."""
    match condition:
        case None:
            return lambda codes, facts: True  # noqa: ARG005
        case FactCondition():
            return lambda codes, facts: fact_holds(condition, facts)  # noqa: ARG005
        case ItemCondition():
            return _item_test(condition, places)
        case All():
            tests = [compiled(part, places) for part in condition.conditions]
            return lambda codes, facts: all(test(codes, facts) for test in tests)
        case AnyOf():
            tests = [compiled(part, places) for part in condition.conditions]
            return lambda codes, facts: any(test(codes, facts) for test in tests)


def positions(item: AnyItem, ids: Collection[str]) -> list[int]:
    """Codes of the choices with these ids: their places in the item's list."""
    return [place for place, choice in enumerate(item.choices) if choice.id in ids]


def _item_test(condition: ItemCondition, places: Places) -> Test:
    item = places.questionnaire.item(condition.item)
    place = places.of(item.id)[0]
    listed = positions(item, condition.in_ or condition.not_in)
    if item.kind == "multi":
        return _mask_test(place, sum(1 << one for one in listed), wanted=bool(condition.in_))
    good = frozenset(listed) if condition.in_ else frozenset(range(len(item.choices))).difference(listed)
    return lambda codes, facts: codes[place] in good  # noqa: ARG005


def _mask_test(place: int, bits: int, *, wanted: bool) -> Test:
    def test(codes: Sequence[int | None], facts: Facts) -> bool:  # noqa: ARG001
        mask = codes[place]
        return mask is not None and mask > 0 and bool(mask & bits) is wanted

    return test
