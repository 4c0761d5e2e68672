"""Random questionnaires that documents can say, with a different wording in every place."""

from dataclasses import fields, replace

from hypothesis import strategies as st

from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf
from questionnaires.texts import Text
from tests.questionnaires.strategies import questionnaires

SIGNS = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Cn", "Co"), exclude_characters="{}￾￿")
WORDS = st.text(SIGNS, min_size=1, max_size=12).map(lambda words: words.strip() or "字")


@st.composite
def varied(draw, most=6):
    """Every text different, some without English; single-option lists made two, for documents want two."""
    questionnaire = draw(questionnaires(most=most))
    counter = iter(range(10_000))

    def fresh():
        place = next(counter)
        zh = f"{draw(WORDS)}{place}"
        return Text(zh, f"{draw(WORDS)} {place}" if draw(st.booleans()) else None)

    kept = tuple(section for section in questionnaire.sections if section.items)
    questionnaire = replace(questionnaire, sections=kept)
    seen = {}
    return _reworded(questionnaire, fresh, seen)


def _reworded(questionnaire, fresh, seen):
    """Carried options and shared scales keep the words of their source."""
    items = {}
    sections = []
    for section in questionnaire.sections:
        changed = []
        for item in section.items:
            item = _item(item, fresh, items, seen)  # noqa: PLW2901 - the reworded one
            items[item.id] = item
            changed.append(item)
        sections.append(
            replace(
                section, title=fresh(), hint=fresh(), items=tuple(changed), show_if=plain_condition(section.show_if)
            )
        )
    texts = {one.name: fresh() for one in fields(Questionnaire) if one.name in {"title", "purpose", "intro", "thanks"}}
    return replace(questionnaire, sections=tuple(sections), **texts)


def _item(item, fresh, items, seen):
    item = replace(item, text=fresh(), show_if=plain_condition(item.show_if))
    source = items.get(getattr(item, "options_from", None) or getattr(item, "rows_from", None))
    carried = {choice.id: choice.text for choice in source.choices} if source else {}
    if item.kind in {"single", "multi", "rank_top", "best_worst"}:
        choices = tuple(
            choice if choice.id == "pnts" else replace(choice, text=carried.get(choice.id) or fresh())
            for choice in item.choices
        )
        if len(choices) < 2 and not source:
            choices = (*choices, replace(choices[0], id="c9", text=fresh()))
        item = replace(item, choices=choices)
    if item.kind == "matrix":
        item = replace(item, rows=tuple(replace(row, text=carried.get(row.id) or fresh()) for row in item.rows))
    if item.kind == "likelihood":
        item = replace(item, choices=tuple(replace(one, text=Text(one.id, one.id)) for one in item.choices))
    labels = {
        one.name: fresh()
        for one in fields(item)
        if one.name in {"low_label", "high_label", "best_label", "worst_label"}
    }
    return replace(item, **labels)


def plain_condition(condition):
    """The same condition with single-part all and any unwrapped, and nested ones of a kind joined."""
    if not isinstance(condition, All | AnyOf):
        return condition
    parts = []
    for part in map(plain_condition, condition.conditions):
        parts.extend(part.conditions if type(part) is type(condition) else [part])
    return parts[0] if len(parts) == 1 else type(condition)(tuple(parts))


def settled(questionnaire):
    """With every condition in its plain form."""
    sections = tuple(
        replace(
            section,
            show_if=plain_condition(section.show_if),
            items=tuple(replace(item, show_if=plain_condition(item.show_if)) for item in section.items),
        )
        for section in questionnaire.sections
    )
    return replace(questionnaire, sections=sections)
