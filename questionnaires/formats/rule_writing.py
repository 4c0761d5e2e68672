"""Conditions written as the rules of other programs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from questionnaires.questionnaire import Questionnaire
from questionnaires.skip_logic import All, AnyOf, Condition, FactCondition, ItemCondition


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one program says things. `chosen(item, options)` is "any of these is chosen", `answered(item)` "has an answer"."""

    chosen: Callable[[str, tuple[str, ...]], str]
    answered: Callable[[str], str]
    fact: Callable[[str], str]
    negated: Callable[[str], str]
    both: str = " and "
    either: str = " or "
    equal: str = "="


XPATH = Dialect(
    chosen=lambda item, options: " or ".join(f"selected(${{{item}}}, '{one}')" for one in options),
    answered=lambda item: f"${{{item}}} != ''",
    fact=lambda name: f"${{{name}}}",
    negated=lambda rule: f"not({rule})",
)
SURVEYJS = Dialect(
    chosen=lambda item, options: f"{{{item}}} anyof [{', '.join(repr(one) for one in options)}]",
    answered=lambda item: f"{{{item}}} notempty",
    fact=lambda name: f"{{{name}}}",
    negated=lambda rule: f"!({rule})",
)


def rule(condition: Condition, dialect: Dialect) -> str:
    """The condition in that dialect. Parts of all and any stand in parentheses, so that they can be told apart again."""
    match condition:
        case ItemCondition():
            if condition.in_:
                return dialect.chosen(condition.item, condition.in_)
            none = dialect.negated(dialect.chosen(condition.item, condition.not_in))
            return f"{dialect.answered(condition.item)}{dialect.both}{none}"
        case FactCondition():
            return _fact(condition, dialect)
        case All():
            return dialect.both.join(f"({rule(part, dialect)})" for part in condition.conditions)
        case AnyOf():
            return dialect.either.join(f"({rule(part, dialect)})" for part in condition.conditions)


def _fact(condition: FactCondition, dialect: Dialect) -> str:
    name = dialect.fact(condition.fact)
    bounds = [(">=", condition.gte), ("<=", condition.lte), (dialect.equal, condition.eq)]
    tests = [f"{name} {sign} {_literal(value)}" for sign, value in bounds if value is not None]
    if condition.in_:
        tests.append(dialect.either.join(f"{name} {dialect.equal} {_literal(one)}" for one in condition.in_))
    return (
        dialect.both.join(tests)
        if len(tests) < 2 or not condition.in_
        else dialect.both.join(f"({one})" for one in tests)
    )


def _literal(value: int | str) -> str:
    return str(value) if isinstance(value, int) else "'" + value.replace("'", "’") + "'"


def facts_used(questionnaire: Questionnaire) -> list[str]:
    """What the rules want to know about the collector."""
    found: dict[str, None] = {}

    def look(condition: Condition | None) -> None:
        match condition:
            case FactCondition():
                found[condition.fact] = None
            case All() | AnyOf():
                for part in condition.conditions:
                    look(part)

    for section in questionnaire.sections:
        look(section.show_if)
        for item in section.items:
            look(item.show_if)
    return list(found)
