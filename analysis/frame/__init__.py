"""What was answered, as columns. The only part of `analysis` that reads `questionnaires`."""

from analysis.frame.answer_parser import UnreadableAnswers
from analysis.frame.codebook import BLANK, OFF_PATH, Codebook, FrameColumn, codebook
from analysis.frame.columns import Frame, frame_of, frame_of_block, frames_of, merged
from analysis.frame.comments import Comment, box_texts
from analysis.frame.sealed_box import box_comments, box_frames
from analysis.frame.sealed_poll import SealedPoll, SealedUnit, UnreadableBox, sealed_poll
from questionnaires.items import (
    AnyItem,
    BestWorstItem,
    InfoItem,
    Item,
    MatrixItem,
    MultiItem,
    RankItem,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.scoring import Scoring as LibraryScoring
from questionnaires.scoring import read_scoring
from questionnaires.scoring import scoring as library_scoring
from questionnaires.texts import Text

__all__ = [
    "BLANK",
    "OFF_PATH",
    "AnyItem",
    "BestWorstItem",
    "Choice",
    "Codebook",
    "Comment",
    "Frame",
    "FrameColumn",
    "InfoItem",
    "Item",
    "LibraryScoring",
    "MatrixItem",
    "MultiItem",
    "Questionnaire",
    "RankItem",
    "SealedPoll",
    "SealedUnit",
    "SingleItem",
    "Text",
    "TextItem",
    "UnreadableAnswers",
    "UnreadableBox",
    "box_comments",
    "box_frames",
    "box_texts",
    "codebook",
    "frame_of",
    "frame_of_block",
    "frames_of",
    "library_scoring",
    "merged",
    "read_scoring",
    "sealed_poll",
]
