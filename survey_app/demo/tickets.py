"""The demo's year of tickets: a roster, a term, a poll answered by ticket, and sign-in codes of members who do not exist.

The poll is not sensitive, so it is one of those where collecting and answering may fall on one day: a visitor does both
in one evening, and the page says what that costs.
"""

from datetime import date, timedelta

from questionnaires.library import load
from questionnaires.texts import Text
from questionnaires.variants import publish_variant
from survey_app.demo.fieldwork import OFFICER, Voice
from survey_app.demo.merging import merges
from survey_app.demo.note import CodeToTry
from survey_app.demo.officers import branch_of_the_officer
from survey_app.demo.personal import PERSONAL_ITEMS
from survey_app.demo.persons import Persons
from survey_app.demo.polls import KEPT_DAYS, RESULTS_AFTER_DAYS
from survey_app.demo.roster import roster_list
from survey_app.demo.university import University
from survey_app.services.designing import FrozenPoll, Notice, PollDraft, TicketMeans, freeze_poll
from survey_app.services.personal_codes import draw_personal_codes
from survey_app.services.registering import import_roster
from survey_app.services.terms import TermWanted, open_term
from survey_app.store.engines import Stores

SLOTS = 4  # a visitor does not wait for the keys of twelve
COLLECTING_SINCE_DAYS, ANSWERING_SINCE_DAYS, ANSWERING_FOR_DAYS = 14, 1, 20
CODES_TO_TRY = 4


def open_year(
    stores: Stores, university: University, everybody: tuple[Persons, ...], means: TicketMeans, today: date
) -> None:
    """Roster and term of the year of `today`. Again is the same term."""
    import_roster(stores, roster_list(everybody), OFFICER)
    retired = tuple(branch.id for branch in university.branches if branch.retired)
    in_service = {key: merge for key, merge in merges(university).items() if not set(merge.branches) & set(retired)}
    wanted = TermWanted(
        id=str(today.year),
        title=Text(f"{today.year}年度", f"Year {today.year}"),
        collect_first_day=today - timedelta(days=COLLECTING_SINCE_DAYS),
        collect_last_day=today + timedelta(days=365 - COLLECTING_SINCE_DAYS),
        merges=in_service,
        left_out=retired,
        slots=SLOTS,
    )
    open_term(stores, means.secret, wanted, OFFICER)


def ticket_poll(stores: Stores, voice: Voice, means: TicketMeans, today: date) -> FrozenPoll:
    """The learning needs of the year, open since yesterday; again is the same poll."""
    questionnaire = publish_variant(load("learning_needs"), personal_items=PERSONAL_ITEMS)
    first_day = today - timedelta(days=ANSWERING_SINCE_DAYS)
    last_day = today + timedelta(days=ANSWERING_FOR_DAYS)
    results_by, kept_until = (last_day + timedelta(days=days) for days in (RESULTS_AFTER_DAYS, KEPT_DAYS))
    draft = PollDraft(
        poll_id=f"learning-{today.year}",
        questionnaire=questionnaire,
        title=Text(f"{today.year}年教职工学习与发展需求调查", f"Staff learning and development {today.year}"),
        wave=str(today.year),
        way="ticket",
        first_day=first_day,
        last_day=last_day,
        notice=Notice(voice.organiser, questionnaire.purpose, voice.contact, results_by, kept_until),
        units=(),  # the term's
        mode="combined",
    )
    return freeze_poll(stores, draft, OFFICER, first_day, means)


def codes_to_try(stores: Stores, university: University) -> tuple[CodeToTry, ...]:
    """Sign-in codes of a few members of one branch; those drawn before are worth nothing from now on."""
    branch_id = branch_of_the_officer(university)
    branch = next(branch for branch in university.branches if branch.id == branch_id)
    drawn = draw_personal_codes(stores, branch_id, OFFICER)
    return tuple(
        CodeToTry(printed.code, printed.name, printed.staff_number, branch.name_zh, branch.name_en)
        for codes in drawn.values()
        for printed in codes[:CODES_TO_TRY]
    )
