"""What was answered, as columns. The only part of `analysis` that reads `questionnaires`."""

from analysis.frame.answer_parser import UnreadableAnswers
from analysis.frame.codebook import BLANK, OFF_PATH, Codebook, FrameColumn, codebook
from analysis.frame.columns import Frame, frame_of, frame_of_block, frames_of, merged
from analysis.frame.sealed_box import box_comments, box_frames
from questionnaires.items import AnyItem, BestWorstItem, InfoItem, MatrixItem, MultiItem, RankItem, TextItem
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
    "Frame",
    "FrameColumn",
    "InfoItem",
    "LibraryScoring",
    "MatrixItem",
    "MultiItem",
    "Questionnaire",
    "RankItem",
    "Text",
    "TextItem",
    "UnreadableAnswers",
    "box_comments",
    "box_frames",
    "codebook",
    "frame_of",
    "frame_of_block",
    "frames_of",
    "merged",
]
