"""What was answered, as columns. The only part of `analysis` that reads `questionnaires`."""

from analysis.frame.answer_parser import UnreadableAnswers
from analysis.frame.codebook import BLANK, OFF_PATH, Codebook, FrameColumn, codebook
from analysis.frame.columns import Frame, frame_of, frame_of_block, frames_of, merged
from questionnaires.items import AnyItem, BestWorstItem, RankItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.texts import Text

__all__ = [
    "BLANK",
    "OFF_PATH",
    "AnyItem",
    "BestWorstItem",
    "Choice",
    "Codebook",
    "Frame",
    "FrameColumn",
    "Questionnaire",
    "RankItem",
    "Text",
    "UnreadableAnswers",
    "codebook",
    "frame_of",
    "frame_of_block",
    "frames_of",
    "merged",
]
