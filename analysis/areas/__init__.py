"""Areas beside the assessment: what staff want opened, where they learn of things, why they stay away, what they would learn.

Each function takes the frames of one questionnaire and the units to count together; everything is before the gate.
"""

from analysis.areas.answering import Answering
from analysis.areas.learning import LearningGap, learning_gaps
from analysis.areas.ranked import RankedMatter, ranked_matters
from analysis.areas.reasons_given import ChosenShare, chosen_shares

__all__ = [
    "Answering",
    "ChosenShare",
    "LearningGap",
    "RankedMatter",
    "chosen_shares",
    "learning_gaps",
    "ranked_matters",
]
