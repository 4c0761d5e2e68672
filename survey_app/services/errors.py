"""What a service refuses, in plain nouns. Doors choose the words and the status; officers' refusals bring sentences along."""

from datetime import date

from questionnaires.answers import InvalidAnswers
from questionnaires.texts import Text
from survey_app.store.errors import Busy, StoreFull

__all__ = [
    "AlreadySubmitted",
    "Busy",
    "CodeSpent",
    "InvalidAnswers",
    "InvalidSubmission",
    "NoSuchPoll",
    "NoSuchUnit",
    "NoSuchWave",
    "NotAssessable",
    "NotFreezable",
    "NotSealable",
    "PollClosed",
    "PollIdTaken",
    "PollNotOpenYet",
    "Refusal",
    "SlipsInUse",
    "StoreFull",
    "TooManySlips",
    "TooManyWrongCodes",
    "UnitTooSmall",
    "WrongCode",
]


class NoSuchPoll(LookupError):  # noqa: N818
    """No poll of this id was ever frozen here."""


class NoSuchUnit(LookupError):  # noqa: N818
    """The poll has no reporting unit of this id."""


class NoSuchWave(LookupError):  # noqa: N818
    """The assessment of this wave is not released."""


class PollNotOpenYet(Exception):  # noqa: N818
    def __init__(self, first_day: date) -> None:
        super().__init__(f"opens on {first_day}")
        self.first_day = first_day


class PollClosed(Exception):  # noqa: N818
    def __init__(self, last_day: date) -> None:
        super().__init__(f"closed; last day {last_day}")
        self.last_day = last_day


class WrongCode(Exception):  # noqa: N818
    """No slip of this poll bears this code."""


class CodeSpent(Exception):  # noqa: N818
    """The code was used for a ballot with other answers."""


class AlreadySubmitted(Exception):  # noqa: N818
    """This submission was received before, with other answers; the first ones count."""


class TooManyWrongCodes(Exception):  # noqa: N818
    """Many wrong codes are being tried at this moment; right ones still pass."""


class InvalidSubmission(ValueError):  # noqa: N818
    """The submission is not in the protocol's form: no page of ours sends such a thing."""


class Refusal(Exception):  # noqa: N818
    """An officer's step that cannot be taken, and why, in sentences for the officer."""

    def __init__(self, *sentences: Text) -> None:
        super().__init__(" ".join(sentence.zh for sentence in sentences))
        self.sentences = sentences


class NotFreezable(Refusal):
    """The draft is incomplete or contradicts itself."""


class UnitTooSmall(Refusal):
    """A reporting unit would have fewer than ten members."""


class PollIdTaken(Refusal):
    """A poll of this id was frozen with other contents."""


class TooManySlips(Refusal):
    """More slips than members."""


class SlipsInUse(Refusal):
    """Slips that staff have begun to use cannot be withdrawn."""


class NotSealable(Refusal):
    """The poll is not closed, or its box cannot be written as it should be."""


class NotAssessable(Refusal):
    """The yearly assessment cannot be worked out, or is out already and can no longer be changed."""
