"""The demo's polls: two finished waves of two questionnaires, and one poll that is open now."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from questionnaires.answers import Answer
from questionnaires.items import BestWorstItem
from questionnaires.library import load
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from questionnaires.variants import publish_variant
from survey_app.demo.congress import congress_answers
from survey_app.demo.difficulties import cases_of
from survey_app.demo.needs import needs_answers
from survey_app.demo.personal import PERSONAL_ITEMS
from survey_app.demo.persons import Persons, Respondents, respondents_of
from survey_app.demo.staff_home import staff_home_answers
from survey_app.demo.university import WAVES, Branch, BranchInWave

NaturalAnswers = list[dict[str, Answer]]

# First and last day of needs and of home in each wave: two weeks each, needs one week earlier.
NEEDS_DAYS = {"2025": (date(2025, 11, 3), date(2025, 11, 16)), "2026": (date(2026, 11, 2), date(2026, 11, 15))}
HOME_DAYS = {"2025": (date(2025, 11, 10), date(2025, 11, 23)), "2026": (date(2026, 11, 9), date(2026, 11, 22))}
OPEN_SINCE_DAYS, OPEN_FOR_DAYS = 4, 10
# Of those who answer a whole wave, this part has answered the open poll by now: about 45 % of all members.
ANSWERED_SO_FAR = 0.73
PRESSED_AT_MOST = 0.05
RESULTS_AFTER_DAYS, KEPT_DAYS = 30, 5 * 365


@dataclass(frozen=True, slots=True)
class DemoPoll:
    """One poll of the demo: what is asked, when, of whom, and where its answers come from."""

    poll_id: str
    title: Text
    wave: str
    way: Literal["slip", "open"]
    first_day: date
    last_day: date
    questionnaire: Questionnaire
    finished: bool
    answers: Callable[[Respondents], NaturalAnswers]
    in_wave: Callable[[Branch], BranchInWave]
    asks_retired: bool

    def respondents(self, persons: Persons) -> Respondents:
        """The same people answer both questionnaires of a year; the open poll draws its own."""
        wave = self.wave if self.finished else self.poll_id
        return respondents_of(persons, wave, self.in_wave(persons.branch))

    @property
    def results_by(self) -> date:
        return self.last_day + timedelta(days=RESULTS_AFTER_DAYS)

    @property
    def kept_until(self) -> date:
        return self.last_day + timedelta(days=KEPT_DAYS)


def demo_polls(today: date) -> tuple[DemoPoll, ...]:
    """In the order in which they were held."""
    finished = [poll(year) for year in WAVES for poll in (needs_poll, home_poll)]
    return (*finished, open_poll(today))


def home_poll(year: str) -> DemoPoll:
    first_day, last_day = HOME_DAYS[year]
    return DemoPoll(
        poll_id=f"home-{year}",
        title=Text(f"{year}年职工之家评议", f"Staff Home review {year}"),
        wave=year,
        way="slip",
        first_day=first_day,
        last_day=last_day,
        questionnaire=publish_variant(load("staff_home_annual"), personal_items=PERSONAL_ITEMS),
        finished=True,
        answers=lambda respondents: staff_home_answers(respondents, cases_of(respondents)),
        in_wave=lambda branch: branch.waves[year],
        asks_retired=True,
    )


def needs_poll(year: str) -> DemoPoll:
    questionnaire = publish_variant(load("needs_annual"), personal_items=PERSONAL_ITEMS)
    best_worst = questionnaire.item("a11")
    assert isinstance(best_worst, BestWorstItem)
    first_day, last_day = NEEDS_DAYS[year]
    return DemoPoll(
        poll_id=f"needs-{year}",
        title=Text(f"{year}年教职工需求与困难调查", f"Staff needs and difficulties {year}"),
        wave=year,
        way="open",
        first_day=first_day,
        last_day=last_day,
        questionnaire=questionnaire,
        finished=True,
        answers=lambda respondents: needs_answers(respondents, cases_of(respondents), best_worst),
        in_wave=lambda branch: branch.waves[year],
        asks_retired=True,
    )


def open_poll(today: date) -> DemoPoll:
    """The congress review, open since four days: the retired have no vote there."""
    return DemoPoll(
        poll_id=f"congress-{today.year}",
        title=Text(f"{today.year}年教代会与校（院）务公开评议", f"Staff congress and openness review {today.year}"),
        wave=str(today.year),
        way="slip",
        first_day=today - timedelta(days=OPEN_SINCE_DAYS),
        last_day=today + timedelta(days=OPEN_FOR_DAYS),
        questionnaire=publish_variant(load("congress_openness")),
        finished=False,
        answers=congress_answers,
        in_wave=_so_far,
        asks_retired=False,
    )


def _so_far(branch: Branch) -> BranchInWave:
    latest = branch.waves[WAVES[-1]]
    return replace(
        latest,
        response_rate=ANSWERED_SO_FAR * latest.response_rate,
        straight_lining=min(PRESSED_AT_MOST, latest.straight_lining),
    )


def split(answers: Mapping[str, Answer], questionnaire: Questionnaire) -> tuple[dict[str, Answer], dict[str, str]]:
    """Codes and texts of one respondent: texts travel apart."""
    texts = {item: str(answer) for item, answer in answers.items() if questionnaire.item(item).kind == "text"}
    return {item: answer for item, answer in answers.items() if item not in texts}, texts
