"""What was answered, as columns. The only part of `analysis` that reads `questionnaires`."""

from analysis.frame.codebook import BLANK, OFF_PATH, Codebook, FrameColumn, UnreadableAnswers, codebook
from analysis.frame.columns import Frame, frame_of, frame_of_block, frames_of, merged
from analysis.frame.comments import Comment, CommentWords, box_texts
from analysis.frame.frame_file import canonical, frame_file
from analysis.frame.poll_files import poll_comments, poll_frames, poll_of
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
    RatingItem,
    SingleItem,
    TextItem,
)
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice
from questionnaires.scoring import Scoring as LibraryScoring
from questionnaires.scoring import read_scoring, scoring_document
from questionnaires.scoring import scoring as library_scoring
from questionnaires.skip_logic import item_conditions
from questionnaires.texts import Text

__all__ = [
    "BLANK",
    "OFF_PATH",
    "AnyItem",
    "BestWorstItem",
    "Choice",
    "Codebook",
    "Comment",
    "CommentWords",
    "Frame",
    "FrameColumn",
    "InfoItem",
    "Item",
    "LibraryScoring",
    "MatrixItem",
    "MultiItem",
    "Questionnaire",
    "RankItem",
    "RatingItem",
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
    "canonical",
    "codebook",
    "frame_file",
    "frame_of",
    "frame_of_block",
    "frames_of",
    "item_conditions",
    "library_scoring",
    "merged",
    "poll_comments",
    "poll_frames",
    "poll_of",
    "read_scoring",
    "scoring_document",
    "sealed_poll",
]
