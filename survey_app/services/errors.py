"""What a service refuses, in plain nouns. Doors choose the words and the status; officers' refusals bring sentences along."""

from datetime import date

from questionnaires.answers import InvalidAnswers
from questionnaires.texts import Text
from survey_app.ballots.signing import BadBlindedMessage
from survey_app.store.errors import Busy, StoreFull

__all__ = [
    "AlreadyIssued",
    "AlreadySubmitted",
    "BadBlindedMessage",
    "BadContext",
    "BadCredential",
    "Busy",
    "CodeSpent",
    "CollectingNotOpenYet",
    "CredentialUsed",
    "Ended",
    "HoldsTicket",
    "InvalidAnswers",
    "InvalidSubmission",
    "NoSuchBoard",
    "NoSuchPoll",
    "NoSuchSlot",
    "NoSuchTerm",
    "NoSuchUnit",
    "NoSuchWave",
    "NotAssessable",
    "NotBackedUp",
    "NotFreezable",
    "NotOnRoster",
    "NotReleasable",
    "NotRestored",
    "NotSealable",
    "PaperIssued",
    "PollClosed",
    "PollIdTaken",
    "PollNotOpenYet",
    "Refusal",
    "SlipsInUse",
    "StoreFull",
    "TermIsOpen",
    "TermNotOpenable",
    "TooManySlips",
    "TooManyWrongCodes",
    "UnitTooSmall",
    "UnknownKey",
    "WrongCode",
    "WrongUnit",
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


class NoSuchTerm(LookupError):  # noqa: N818
    """No term of tickets is open, or none of this id."""


class NoSuchSlot(LookupError):  # noqa: N818
    """No slot of this id in any term."""


class NoSuchBoard(LookupError):  # noqa: N818
    """What is asked for is published when the poll is sealed, not before."""


class NotOnRoster(Exception):  # noqa: N818
    """The frozen roster of the term does not name this person: there is no ticket, and nothing to be collected."""


class CollectingNotOpenYet(Exception):  # noqa: N818
    def __init__(self, first_day: date) -> None:
        super().__init__(f"collecting opens on {first_day}")
        self.first_day = first_day


class Ended(Exception):  # noqa: N818
    """No more tickets of this slot: collecting is over, its poll is closed, or the term has ended."""


class UnknownKey(Exception):  # noqa: N818
    """The key is not one of this slot or poll: the page looked at another manifest."""


class WrongUnit(Exception):  # noqa: N818
    """The key is that of another reporting unit than the person's."""


class AlreadyIssued(Exception):  # noqa: N818
    """The ticket of this slot was collected with another seed. There is never a second one."""


class PaperIssued(Exception):  # noqa: N818
    """The person drew a slip for this slot, and so has no ticket."""


class HoldsTicket(Exception):  # noqa: N818
    """The person collected the ticket of this slot, and so draws no slip."""


class BadContext(Exception):  # noqa: N818
    """The ticket is made for another poll or unit than the key's."""


class BadCredential(Exception):  # noqa: N818
    """The ticket is not signed with the key of its unit."""


class CredentialUsed(Exception):  # noqa: N818
    """The ticket was used for a ballot with other answers; the first ones count."""


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


class NotReleasable(Refusal):
    """The gate finds nothing that could be told safely; the poll stays sealed, and nothing is stored."""


class NotAssessable(Refusal):
    """The yearly assessment cannot be worked out, or is out already and can no longer be changed."""


class NotBackedUp(Refusal):
    """Something else stands where the backup should be written."""


class NotRestored(Refusal):
    """The folder is no backup of ours, is damaged, or there is something here already that it would be mixed with."""


class TermNotOpenable(Refusal):
    """The term contradicts itself, or another one is still open."""


class TermIsOpen(TermNotOpenable):
    """There is an open term already, another one than was wanted."""
