"""How every figure is made: the cards of the assessment and of all that stands beside it, as one list and one document."""

from collections.abc import Sequence

from analysis.appraisal.cards import appraisal_cards
from analysis.areas.cards import area_cards
from analysis.assessment.method_cards import MethodCard, method_cards
from analysis.assessment.scheme import Scheme
from analysis.disclosure.cards import release_cards
from analysis.frame import Questionnaire
from analysis.needs.cards import need_cards
from analysis.text.cards import word_cards


def every_card(scheme: Scheme, questionnaires: Sequence[Questionnaire] = ()) -> tuple[MethodCard, ...]:
    """The cards of every figure that anybody may be shown: the assessment first, then polls, needs, words, areas, officers."""
    return (
        *method_cards(scheme, questionnaires),
        *release_cards(scheme.version),
        *need_cards(scheme.version),
        *word_cards(scheme.version),
        *area_cards(),
        *appraisal_cards(scheme.scoring),
    )
