"""Officers as members grade them: shares of the four grades, conduct and effect, with and without those who had no contact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from analysis.appraisal.reasons import (
    HALF_YEAR,
    NO_PAGE,
    NOBODY_LEFT_OUT,
    RETIRED,
    SMALL_BRANCH,
    TOO_FEW_GRADERS,
    TOO_FEW_LEFT_OUT,
    TOO_FEW_RATINGS,
    TOO_SMALL_A_SHARE,
)
from analysis.estimates import Estimate, criterion_estimate, domain_population, share_estimate
from analysis.estimation.intervals import Interval
from analysis.frame import Frame, LibraryScoring, Text
from analysis.scoring import Criterion, Scoring, combinations
from analysis.tallies import combined

Codes = npt.NDArray[np.int8]
Known = npt.NDArray[np.bool_]
CONTACT, NO_CONTACT = "f01", "none"
LOWEST = 1  # the value of the grade "not competent"


@dataclass(frozen=True, slots=True)
class AppraisalRules:
    """Who is appraised and what a result needs (assessment.md section 6); set before the poll opens.

    `talk_above`: share of "not competent" from which the group talks with the officer. `most_excellent`: the largest share
    of officers who may be called excellent.
    """

    least_members: int = 20
    least_months: int = 6
    least_graders: int = 10
    least_share: float = 0.40
    least_apart: int = 5
    talk_above: float = 1 / 3
    most_excellent: float = 0.30

    @classmethod
    def of(cls, scoring: LibraryScoring) -> "AppraisalRules":
        """The rules with the minimums the union wrote into the scoring."""
        return cls(least_graders=int(scoring.minimum["officer"]), least_share=scoring.officer.minimum_share_of_members)


@dataclass(frozen=True, slots=True)
class Officer:
    """A chair or vice-chair: `key` of the page, `unit` whose in-service `members` grade them, `months` in post."""

    key: str
    unit: str
    members: int
    months: int
    unit_type: str = "academic"


@dataclass(frozen=True, slots=True)
class GradeCount:
    """One of the four grades, the highest first: how many gave it, and their share 0..100 of all who graded."""

    id: str
    text: Text
    count: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Result:
    """Grades, conduct and effect of some graders; without them `reason` says why. Scores 0..100 with 95 % intervals."""

    n_graders: int | None = None
    grades: tuple[GradeCount, ...] = ()
    conduct: Estimate | None = None
    effect: Estimate | None = None
    talk: bool | None = None
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class AppraisedOfficer:
    """`result` of all graders; `with_contact` without those who said they had no contact. `no_contact`: how many did."""

    officer: Officer
    result: Result
    with_contact: Result
    no_contact: int | None = None


def appraisals(
    frames: Sequence[Frame], officers: Sequence[Officer], scoring: LibraryScoring, rules: AppraisalRules | None = None
) -> tuple[AppraisedOfficer, ...]:
    """The appraisal of each officer, in their order.

    Inputs: frames of the appraisal poll (pages per person: items `f08_<key>` ...), the officers with the head counts of those
    who may grade, the scoring. "Not familiar" is no grade.

    Formula: share of a grade = graders who gave it / graders, Wilson interval with the finite staff; conduct and effect: mean
    over raters of each one's mean of the answered items (at least two of three), t interval with the finite staff. No
    result below 10 graders, or below 40 % of the members. The second result leaves out who answered "no contact"; where
    these are one to four it is withheld, because the difference of the two would tell their grades. "Talk" where more
    than a third grade "not competent".

    It misleads as a ranking of officers: graders are few and not the same. Intervals know nothing of those who stay silent;
    grades without contact are hearsay, hence both results. Reference: assessment.md section 6; Wilson (1927).
    Checked against: sums by hand on a small branch.
    """
    own = rules or AppraisalRules.of(scoring)
    return tuple(_appraised(frames, officer, scoring, own) for officer in officers)


def excellent_places(n_appraised: int, rules: AppraisalRules) -> int:
    """How many of the appraised officers may be called excellent at most."""
    return int(n_appraised * rules.most_excellent + 1e-9)


def _appraised(
    frames: Sequence[Frame], officer: Officer, scoring: LibraryScoring, rules: AppraisalRules
) -> AppraisedOfficer:
    reason = _not_appraised(officer, rules)
    grade = f"{_item(scoring.officer.grade)}_{officer.key}"
    pages = [frame for frame in frames if grade in frame.codebook.place]
    if reason is None and not pages:
        reason = NO_PAGE
    if reason is not None:
        return AppraisedOfficer(officer, Result(reason=reason), Result(reason=reason))
    everybody = [_Page.of(frame, officer, scoring) for frame in pages]
    left_out = sum(int((page.graded & page.apart).sum()) for page in everybody)
    result = _result(everybody, officer, rules, with_all=True)
    if result.reason is not None:
        return AppraisedOfficer(officer, result, Result(reason=result.reason))
    if left_out == 0:
        return AppraisedOfficer(officer, result, Result(reason=NOBODY_LEFT_OUT), 0)
    if left_out < rules.least_apart:
        return AppraisedOfficer(officer, result, Result(reason=TOO_FEW_LEFT_OUT))
    return AppraisedOfficer(officer, result, _result(everybody, officer, rules, with_all=False), left_out)


def _not_appraised(officer: Officer, rules: AppraisalRules) -> Text | None:
    if officer.unit_type == "retired":
        return RETIRED
    if officer.members < rules.least_members:
        return SMALL_BRANCH
    return HALF_YEAR if officer.months < rules.least_months else None


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """The answers of the officer's branch on their page: `grade` code of each, `graded` and `apart` (no contact) by answer."""

    frame: Frame
    grade: Codes
    graded: Known
    apart: Known
    ids: Mapping[int, tuple[str, Text, int]]
    parts: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, frame: Frame, officer: Officer, scoring: LibraryScoring) -> "_Page":
        rows = frame.unit == (frame.units.index(officer.unit) if officer.unit in frame.units else -1)
        inside = Frame(frame.codebook, frame.units, frame.unit[rows], frame.codes[:, rows], frame.numbers[:, rows])
        item = f"{_item(scoring.officer.grade)}_{officer.key}"
        choices = frame.codebook.questionnaire.item(item).choices
        grades = {
            code: (choice.id, choice.text, choice.value or 0)
            for code, choice in enumerate(choices)
            if choice.role == "answer"
        }
        grade = inside.column(item)
        contact = f"{CONTACT}_{officer.key}"
        parts = {
            name: tuple(f"{_item(address)}_{officer.key}" for address in addresses)
            for name, addresses in (("conduct", scoring.officer.conduct), ("effect", scoring.officer.effect))
        }
        return cls(inside, grade, np.isin(grade, list(grades)), _said(inside, contact, NO_CONTACT), grades, parts)


def _said(frame: Frame, item: str, choice: str) -> Known:
    ids = [each.id for each in frame.codebook.questionnaire.item(item).choices]
    return np.asarray(frame.column(item) == ids.index(choice))


def _result(pages: Sequence[_Page], officer: Officer, rules: AppraisalRules, *, with_all: bool) -> Result:
    kept = [page.graded & (with_all | ~page.apart) for page in pages]
    n = sum(int(own.sum()) for own in kept)
    if n < rules.least_graders:
        return Result(reason=TOO_FEW_GRADERS)
    if n < rules.least_share * officer.members and with_all:
        return Result(reason=TOO_SMALL_A_SHARE)
    members = officer.members if officer.members >= n else None
    grades = []
    for code, (grade_id, text, _) in sorted(pages[0].ids.items(), key=lambda pair: -pair[1][2]):
        count = sum(int((page.grade[own] == code).sum()) for page, own in zip(pages, kept, strict=True))
        grades.append(GradeCount(grade_id, text, count, share_estimate(count, n, members)))
    return Result(
        n_graders=n,
        grades=tuple(grades),
        conduct=_score(pages, officer, "conduct", rules),
        effect=_score(pages, officer, "effect", rules),
        talk=_not_competent(pages, kept) > rules.talk_above * n,
    )


def _not_competent(pages: Sequence[_Page], kept: Sequence[Known]) -> int:
    lowest = [code for code, (_, _, value) in pages[0].ids.items() if value == LOWEST]
    return sum(int(np.isin(page.grade[own], lowest).sum()) for page, own in zip(pages, kept, strict=True))


def _score(pages: Sequence[_Page], officer: Officer, name: str, rules: AppraisalRules) -> Estimate:
    """Conduct or effect: only those with contact are asked, so it is the same in both results."""
    items = pages[0].parts[name]
    rule = Scoring("officers", criteria=(Criterion(name, Text(name, name), items, 1.0),))
    plan = combinations(pages[0].frame.codebook, rule)[0]
    counts = sum(
        (np.bincount(combined(page.frame, plan), minlength=plan.n_codes) for page in pages),
        np.zeros(plan.n_codes, np.int64),
    )
    answered = np.arange(plan.n_codes) // plan.width
    raters = int(counts[answered >= rule.minimum_items].sum())
    if raters < rules.least_graders:
        return Estimate(raters, None, Interval.undefined(TOO_FEW_RATINGS.in_language("en")))
    responding = sum(page.frame.n_ballots for page in pages)
    population = domain_population(raters, responding, officer.members)
    return criterion_estimate([int(n) for n in counts], plan, rule.minimum_items, population)


def _item(address: str) -> str:
    return address.partition(".")[2]
