"""What was answered, as columns. The only part of `analysis` that reads `questionnaires`."""

from analysis.frame.answer_parser import UnreadableAnswers
from analysis.frame.codebook import BLANK, OFF_PATH, Codebook, FrameColumn, codebook
from analysis.frame.columns import Frame, frame_of, frame_of_block, frames_of, merged
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    DateItem,
    InfoItem,
    MatrixItem,
    MultiItem,
    NumberItem,
    RankItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.scoring import Scoring as LibraryScoring
from questionnaires.texts import Text

__all__ = [
    "BLANK",
    "OFF_PATH",
    "AnyItem",
    "BestWorstItem",
    "Choice",
    "Codebook",
    "DateItem",
    "Frame",
    "FrameColumn",
    "InfoItem",
    "LibraryScoring",
    "MatrixItem",
    "MultiItem",
    "NumberItem",
    "Questionnaire",
    "RankItem",
    "Text",
    "TextItem",
    "UnreadableAnswers",
    "codebook",
    "frame_of",
    "frame_of_block",
    "frames_of",
    "merged",
]
