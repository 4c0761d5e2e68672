"""What staff report of their difficulties, and figures that are shown beside the three questions without being scored."""

from dataclasses import dataclass

from analysis.assessment.figures import Figure
from analysis.assessment.reasons import NOT_ASKED
from analysis.frame import Text

NAMELESS = Text("", "")
NOT_KNOWN = Figure.missing(NOT_ASKED)


@dataclass(frozen=True, slots=True)
class ChoiceCount:
    """How many answers chose one choice of a question, and their share of all who answered it (0..100)."""

    id: str
    text: Text
    count: int
    share: float


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """Counts of answers to the needs survey, one difficulty a person; None where it was not asked. Shares 0..100.

    `met`: respondents with a difficulty; `known`: the union knows of it; `acted`: it acted; then where it stands.
    `other_ways`: solved by oneself or no longer needed, in no rate. `solved_rate`: half for partly, those in progress
    in the base without credit; `lenient_rate`: the same without those in progress. `union_first`: of known cases
    those of which the union came to ask; `unknown_rate`: of all told, those the union does not know of, with the reasons
    for `silence`; `first_reply`: a first reply within ten days. `service_first`: after a service, those the union
    contacted first; it is another questionnaire and never added to the first.
    """

    met: int | None = None
    known: int | None = None
    acted: int | None = None
    solved: int | None = None
    partly: int | None = None
    in_progress: int | None = None
    unsolved: int | None = None
    other_ways: int | None = None
    solved_rate: Figure = NOT_KNOWN
    lenient_rate: Figure = NOT_KNOWN
    acted_rate: Figure = NOT_KNOWN
    union_first: Figure = NOT_KNOWN
    unknown_rate: Figure = NOT_KNOWN
    first_reply: Figure = NOT_KNOWN
    service_first: Figure = NOT_KNOWN
    silence: tuple[ChoiceCount, ...] = ()


NO_CASES = CaseFigures()


@dataclass(frozen=True, slots=True)
class ShownFigure:
    """A figure that is shown and never scored: `group` is its area (rights, congress, activities ...)."""

    id: str
    group: str
    figure: Figure
    name: Text = NAMELESS
