"""One year's polls as the assessment reads them: units with head counts, and for each poll the measures of its respondents."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from analysis.assessment.measures import Known, Layout, Measure, Values, measured
from analysis.assessment.scheme import Method
from analysis.frame import Frame, Text

Places = npt.NDArray[np.intp]
UNKNOWN = -1
RETIRED = "retired"


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
    """The respondents of one questionnaire, those of units that are not assessed left out.

    `unit`, `category`, `age`: shape (respondents,), -1 where unknown (`category` indexes `categories`). `values`, `known`:
    shape (measures of this poll, respondents), in the order of `places`. `straight`: the same answer to every item of the
    criteria. `trust`: trust in anonymity 0..100 with `trust_known`.
    """

    poll: str
    places: tuple[int, ...]
    unit: Places
    values: Values
    known: Known
    category: Places
    categories: tuple[str, ...]
    age: Places
    straight: Known
    trust: Values
    trust_known: Known

    @property
    def n(self) -> int:
        return int(self.unit.size)

    def only(self, kept: Known) -> "PollAnswers":
        """The same with the respondents of `kept` alone."""
        return PollAnswers(
            self.poll,
            self.places,
            self.unit[kept],
            self.values[:, kept],
            self.known[:, kept],
            self.category[kept],
            self.categories,
            self.age[kept],
            self.straight[kept],
            self.trust[kept],
            self.trust_known[kept],
        )


def poll_answers(year: Year, poll: str, layout: Layout, method: Method, trust_measure: str) -> PollAnswers:
    """Everything the assessment needs of one questionnaire's respondents; empty if the year has no frame of it."""
    frames = year.frames.get(poll, ())
    ids = [unit.id for unit in year.units]
    places = layout.of_poll(poll)
    parts = [_of_frame(frame, poll, places, ids, layout, method, trust_measure) for frame in frames]
    return _joined(parts) if parts else _nobody(poll, places)


def _of_frame(
    frame: Frame,
    poll: str,
    places: tuple[int, ...],
    ids: Sequence[str],
    layout: Layout,
    method: Method,
    trust_measure: str,
) -> PollAnswers:
    where = {unit: place for place, unit in enumerate(ids)}
    assessed = np.array([where.get(unit, UNKNOWN) for unit in frame.units], np.intp)
    unit = assessed[frame.unit] if frame.units else np.zeros(0, np.intp)
    pairs = [measured(frame, layout.measures[place]) for place in places]
    category, categories = _answer(frame, method.category_item)
    trust, trust_known = _trust(frame, trust_measure)
    everyone = PollAnswers(
        poll=poll,
        places=places,
        unit=unit,
        values=np.array([values for values, _ in pairs]).reshape(len(places), unit.size),
        known=np.array([known for _, known in pairs], bool).reshape(len(places), unit.size),
        category=category,
        categories=categories,
        age=_answer(frame, method.age_item)[0],
        straight=_straight(frame, poll, layout),
        trust=trust,
        trust_known=trust_known,
    )
    return everyone if (unit >= 0).all() else everyone.only(unit >= 0)


def _answer(frame: Frame, item: str) -> tuple[Places, tuple[str, ...]]:
    """What each respondent says of themselves, as a place among the choices that are answers; -1 where nothing is told."""
    if item not in frame.codebook.place:
        return np.full(frame.n_ballots, UNKNOWN, np.intp), ()
    choices = frame.codebook.questionnaire.item(item).choices
    told = [choice.id for choice in choices if choice.role == "answer"]
    place = [told.index(choice.id) if choice.id in told else UNKNOWN for choice in choices] + [UNKNOWN, UNKNOWN]
    return np.array(place, np.intp).take(frame.column(item).astype(np.intp), mode="wrap"), tuple(told)


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


def _joined(parts: Sequence[PollAnswers]) -> PollAnswers:
    first = parts[0]
    if len(parts) == 1:
        return first
    categories = tuple(dict.fromkeys(name for part in parts for name in part.categories))
    renumbered = [
        np.array([*(categories.index(name) for name in part.categories), UNKNOWN], np.intp)[part.category]
        for part in parts
    ]
    return PollAnswers(
        first.poll,
        first.places,
        np.concatenate([part.unit for part in parts]),
        np.concatenate([part.values for part in parts], axis=1),
        np.concatenate([part.known for part in parts], axis=1),
        np.concatenate(renumbered),
        categories,
        np.concatenate([part.age for part in parts]),
        np.concatenate([part.straight for part in parts]),
        np.concatenate([part.trust for part in parts]),
        np.concatenate([part.trust_known for part in parts]),
    )


def _nobody(poll: str, places: tuple[int, ...]) -> PollAnswers:
    none, never = np.zeros(0, np.intp), np.zeros(0, bool)
    empty = np.zeros((len(places), 0))
    return PollAnswers(poll, places, none, empty, empty.astype(bool), none, (), none, never, np.zeros(0), never)
