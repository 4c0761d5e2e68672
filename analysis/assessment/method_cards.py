"""Method cards: how every figure is made, in both languages, written from the numbers the code itself uses.

A sceptical dean with a card, the answers and a pocket calculator gets the same figure. If a weight or threshold changes, so
does its card; nothing here repeats a number by hand.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from analysis.assessment.scheme import Scheme
from analysis.frame import Questionnaire, Text


@dataclass(frozen=True, slots=True)
class MethodCard:
    """One figure: what it means, its formula, who is counted (base), weights, interval, when it misleads, version."""

    id: str
    title: Text
    meaning: Text
    formula: Text
    base: Text
    weights: Text
    interval: Text
    misleads: Text
    version: str


_HEADINGS = (
    ("meaning", Text("含义", "Meaning")),
    ("formula", Text("算法", "Formula")),
    ("base", Text("计算基数", "Base")),
    ("weights", Text("加权", "Weights")),
    ("interval", Text("误差范围", "Interval")),
    ("misleads", Text("容易误读之处", "When it misleads")),
)
_TITLE = Text("分工会年度评价：每个数字怎么算出来", "The yearly branch assessment: how every figure is made")
_VERSION = Text("方法版本", "Method version")


def method_cards(scheme: Scheme, questionnaires: Sequence[Questionnaire] = ()) -> tuple[MethodCard, ...]:
    """The cards of a scheme: its questions, criteria and composite first, then the method from weights to bands.

    Those of polls, needs, words, areas and officers join them in `analysis.method.every_card`.

    With the questionnaires, cards speak of questions by their text; without them, by their codes.
    """
    from analysis.assessment.cards_of_figures import figure_cards
    from analysis.assessment.cards_of_method import procedure_cards
    from analysis.assessment.cards_of_wholes import whole_cards

    return (*figure_cards(scheme, questionnaires), *whole_cards(scheme), *procedure_cards(scheme))


def written_cards(cards: Sequence[MethodCard], language: str) -> str:
    """All cards as one Markdown document in "zh" or "en"."""
    lines = [f"# {_TITLE.in_language(language)}", ""]
    if cards:
        lines += [f"{_VERSION.in_language(language)}: {cards[0].version}", ""]
    for card in cards:
        lines += [f"## {card.title.in_language(language)}", ""]
        for name, heading in _HEADINGS:
            text: Text = getattr(card, name)
            lines.append(f"- **{heading.in_language(language)}** {text.in_language(language)}")
        lines.append("")
    return "\n".join(lines)


def share(value: float) -> str:
    """A share as per cent, without needless digits: 0.4 -> 40 %, 0.075 -> 7.5 %."""
    return f"{100 * value:.6g} %"


def number(value: float) -> str:
    """A number without needless digits: 8.0 -> 8."""
    return f"{value:g}"
