"""How every figure is made: the cards of the scheme in force, written by the code that computes it."""

from functools import cache

from analysis.assessment.method_cards import MethodCard
from analysis.assessment.scheme import Scheme
from analysis.method import every_card
from questionnaires.library import load
from questionnaires.scoring import scoring

_WITH_FIGURES = (
    "needs_annual",
    "staff_home_annual",
    "service_feedback",
    "opinion_channel",
    "congress_openness",
    "activity_feedback",
)


@cache
def cards_in_force() -> tuple[MethodCard, ...]:
    """The cards in reading order: questions and criteria first, then the method from weights to bands, polls, needs, words."""
    return every_card(Scheme(scoring()), [load(name) for name in _WITH_FIGURES])
