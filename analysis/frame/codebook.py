"""The codebook: which columns a questionnaire's answers become, and what their codes mean."""

from dataclasses import dataclass, field
from typing import Literal

from questionnaires.items import BestWorstItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.scales import Choice

BLANK = -1  # on the respondent's path, but left unanswered
OFF_PATH = -2  # not on the respondent's path: never asked
MOST_CHOICES = 127  # int8 codes run from 0 to 126
MOST_OPTIONS = 31  # bits of an int32 mask


class UnreadableAnswers(ValueError):  # noqa: N818 - errors are plain nouns
    """The stored answers are not arrays of the expected number of integers, or could never be; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class FrameColumn:
    """One int8 column.

    "choice": the code is the position in `choices`. "option": 0/1, whether `choices[option]` of a multiple choice was
    chosen. "design": which version of a best-worst design was shown. All know -1 (blank) and -2 (off path).
    """

    name: str
    item: str
    kind: Literal["choice", "option", "design"]
    choices: tuple[Choice, ...]
    source: int  # the place in the stored array of answers
    n_codes: int  # codes run from 0 to n_codes - 1
    option: int | None = None


@dataclass(frozen=True, slots=True)
class Codebook:
    """`columns` are the int8 columns in frame order; `numbers` the names of the number and date columns beside them.

    `wide` are the places of the stored array that may hold more than int8 can: masks, numbers, dates.
    """

    questionnaire: Questionnaire
    columns: tuple[FrameColumn, ...]
    numbers: tuple[str, ...]
    wide: tuple[int, ...]
    place: dict[str, int] = field(compare=False, repr=False)

    @property
    def n_stored(self) -> int:
        return len(self.questionnaire.columns)


def codebook(questionnaire: Questionnaire) -> Codebook:
    """The codebook of a questionnaire: masks become one 0/1 column per option, everything else stays one column.

    Raises UnreadableAnswers for a question with more choices than a column can tell apart.
    """
    columns: list[FrameColumn] = []
    numbers: list[str] = []
    wide: list[int] = []
    for source, column in enumerate(questionnaire.columns):
        most = MOST_OPTIONS if column.kind == "mask" else MOST_CHOICES
        if len(column.choices) > most:
            told = f"The question {column.item} has {len(column.choices):,} choices"
            raise UnreadableAnswers(f"{told}: no more than {most} can be told apart.")
        if column.kind in ("number", "date"):
            numbers.append(column.name)
            wide.append(source)
        elif column.kind == "mask":
            wide.append(source)
            for option, choice in enumerate(column.choices):
                name = f"{column.name}.{choice.id}"
                columns.append(FrameColumn(name, column.item, "option", column.choices, source, 2, option))
        elif column.kind == "design":
            item = questionnaire.item(column.item)
            assert isinstance(item, BestWorstItem)
            columns.append(FrameColumn(column.name, column.item, "design", (), source, len(item.design)))
        else:
            codes = len(column.choices)
            columns.append(FrameColumn(column.name, column.item, "choice", column.choices, source, codes))
    place = {column.name: index for index, column in enumerate(columns)}
    return Codebook(questionnaire, tuple(columns), tuple(numbers), tuple(wide), place)
