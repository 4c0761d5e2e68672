"""One year's polls as the assessment reads them: units with head counts, and the measures of respondents, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.assessment.measures import Known, Layout, Measure, Values, measured
from analysis.assessment.scheme import Method
from analysis.frame import Frame, Text

Places = npt.NDArray[np.intp]
UNKNOWN = -1
RETIRED = "retired"
BLOCK = 65_536  # respondents measured at once: their numbers stay in the processor's cache


@dataclass(frozen=True, slots=True)
class AssessedUnit:
    """A reporting unit: `n_eligible` members, of whom `head_counts` in each staff category (may be empty or incomplete)."""

    id: str
    name: Text
    unit_type: str
    n_eligible: int
    head_counts: Mapping[str, int] = field(default_factory=dict)
    branches: tuple[str, ...] = ()

    @property
    def retired(self) -> bool:
        return self.unit_type == RETIRED


@dataclass(frozen=True, slots=True, eq=False)
class Year:
    """The polls of one wave: `frames` by questionnaire id, several where a questionnaire ran more than once."""

    wave: str
    units: tuple[AssessedUnit, ...]
    frames: Mapping[str, Sequence[Frame]]


@dataclass(frozen=True, slots=True, eq=False)
class PollAnswers:
    """Some respondents of one questionnaire, those of units that are not assessed left out.

    `unit`, `category`, `age`: shape (respondents,); the last two -1 where unknown. `values`, `known`: shape (measures of
    this poll, respondents), values 0 where unknown. `straight`: the same answer to every item of the criteria. `trust`:
    trust in anonymity 0..100 with `trust_known`.
    """

    unit: Places
    values: Values
    known: Known
    category: Places
    age: Places
    straight: Known
    trust: Values
    trust_known: Known

    @property
    def n(self) -> int:
        return int(self.unit.size)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is read of one poll: its measures (`places` in the layout), the `categories` of staff any of its frames knows."""

    poll: str
    places: tuple[int, ...]
    units: tuple[str, ...]
    categories: tuple[str, ...]
    n_ages: int


def asked(year: Year, poll: str, layout: Layout, method: Method) -> Asked:
    """What one poll of a year asked; nothing of respondents is read."""
    frames = year.frames.get(poll, ())
    categories = dict.fromkeys(name for frame in frames for name in _told(frame, method.category_item))
    n_ages = max((len(_told(frame, method.age_item)) for frame in frames), default=0)
    units = tuple(unit.id for unit in year.units)
    return Asked(poll, layout.of_poll(poll), units, tuple(categories), n_ages)


def poll_answers(year: Year, told: Asked, layout: Layout, method: Method, trust_measure: str) -> Iterator[PollAnswers]:
    """Everything the assessment needs of one questionnaire's respondents, a block at a time."""
    for frame in year.frames.get(told.poll, ()):
        for start in range(0, frame.n_ballots, BLOCK):
            block = _part(frame, slice(start, start + BLOCK))
            yield _of_block(block, told, layout, method, trust_measure)


def _part(frame: Frame, rows: slice) -> Frame:
    return Frame(frame.codebook, frame.units, frame.unit[rows], frame.codes[:, rows], frame.numbers[:, rows])


def _of_block(whole: Frame, told: Asked, layout: Layout, method: Method, trust_measure: str) -> PollAnswers:
    where = {unit: place for place, unit in enumerate(told.units)}
    assessed = np.array([where.get(unit, UNKNOWN) for unit in whole.units], np.intp)
    unit = assessed[whole.unit]
    frame = whole
    if (assessed < 0).any() and not (kept := unit >= 0).all():
        frame = Frame(whole.codebook, whole.units, whole.unit[kept], whole.codes[:, kept], whole.numbers[:, kept])
        unit = unit[kept]
    values, known = np.zeros((len(told.places), unit.size)), np.zeros((len(told.places), unit.size), bool)
    for row, place in enumerate(told.places):
        values[row], known[row] = measured(frame, layout.measures[place])
    trust, trust_known = _trust(frame, trust_measure)
    return PollAnswers(
        unit=unit,
        values=values,
        known=known,
        category=_answer(frame, method.category_item, told.categories),
        age=_answer(frame, method.age_item, _told(frame, method.age_item)),
        straight=_straight(frame, told.poll, layout),
        trust=trust,
        trust_known=trust_known,
    )


def _told(frame: Frame, item: str) -> tuple[str, ...]:
    """The choices of an item that are answers, none if it was not asked."""
    if item not in frame.codebook.place:
        return ()
    return tuple(choice.id for choice in frame.codebook.questionnaire.item(item).choices if choice.role == "answer")


def _answer(frame: Frame, item: str, names: Sequence[str]) -> Places:
    """What each respondent says of themselves, as a place among `names`; -1 where nothing is told."""
    if item not in frame.codebook.place:
        return np.full(frame.n_ballots, UNKNOWN, np.intp)
    choices = frame.codebook.questionnaire.item(item).choices
    place = [names.index(choice.id) if choice.id in names else UNKNOWN for choice in choices] + [UNKNOWN, UNKNOWN]
    return np.array(place, np.intp).take(frame.column(item).astype(np.intp), mode="wrap")


def _trust(frame: Frame, measure: str) -> tuple[Values, Known]:
    """The mean score of the items that feed a measure (trust in anonymity)."""
    total, answered = np.zeros(frame.n_ballots), np.zeros(frame.n_ballots)
    for item in frame.codebook.questionnaire.items:
        if measure in item.feeds and item.id in frame.codebook.place:
            values, known = measured(frame, Measure(item.id, "", (item.id,)))
            total, answered = total + values, answered + known
    return total / np.maximum(answered, 1), answered > 0


def _straight(frame: Frame, poll: str, layout: Layout) -> Known:
    """Who gave one and the same scale point to every item of the criteria (three items or more, no "don't know")."""
    items = [
        item
        for each in layout.measures
        if each.poll == poll and each.credit is None
        for item in each.items * (len(each.items) > 1)
    ]
    columns = [frame.column(item) for item in items if item in frame.codebook.place]
    if len(columns) < 3:
        return np.zeros(frame.n_ballots, bool)
    choices = frame.codebook.questionnaire.item(items[0]).choices
    scale = np.array([choice.value is not None for choice in choices] + [False, False])
    same: Known = scale.take(columns[0].astype(np.intp), mode="wrap")
    for column in columns[1:]:
        same = same & (column == columns[0])
    return same
