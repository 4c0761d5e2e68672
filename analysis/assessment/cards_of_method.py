"""Cards of how it is worked out, in the order in which it is carried out: from weights to bands."""

from analysis.assessment.cards_of_bands import bands_card, flags_card
from analysis.assessment.cards_of_comparison import (
    changes_card,
    checks_card,
    classes_card,
    left_out_card,
    ranks_card,
    sensitivity_card,
    tipping_card,
)
from analysis.assessment.cards_of_estimates import adjusted_card, shrinkage_card, variance_card, weights_card
from analysis.assessment.method_cards import MethodCard
from analysis.assessment.scheme import Scheme

MAKERS = (
    weights_card,
    variance_card,
    shrinkage_card,
    classes_card,
    checks_card,
    ranks_card,
    tipping_card,
    sensitivity_card,
    left_out_card,
    changes_card,
    adjusted_card,
    flags_card,
    bands_card,
)


def procedure_cards(scheme: Scheme) -> tuple[MethodCard, ...]:
    """The cards of the method."""
    return tuple(maker(scheme) for maker in MAKERS)
