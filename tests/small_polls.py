"""A small university, a small questionnaire that uses skip logic, and submissions to it: the corpus of the ballot tests."""

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from questionnaires.answers import encoded
from questionnaires.items import MultiItem, RatingItem, SingleItem, TextItem
from questionnaires.questionnaire import Questionnaire, Section, Who
from questionnaires.scales import Choice, ResponseScale
from questionnaires.skip_logic import FactCondition, ItemCondition
from questionnaires.texts import Text
from survey_app.services.casting import Comment, OpenUnit, SlipCode, Submission
from survey_app.services.designing import FrozenPoll, Notice, PollDraft, freeze_poll, reporting_units
from survey_app.services.poll_facts import Way
from survey_app.store.engines import Stores
from survey_app.store.registry import Branch, HeadCount

FIRST, LAST = date(2026, 11, 2), date(2026, 11, 20)
DAY = date(2026, 11, 10)
OFFICER = "wang"
_T = Text("题目", "Item")
POINTS = tuple(Choice(f"s{value}", Text(str(value)), value) for value in (5, 4, 3, 2, 1))
SCALE = ResponseScale("satisfaction5", 5, POINTS, None)
YES_NO = (Choice("yes", Text("有")), Choice("no", Text("没有")))


def questionnaire() -> Questionnaire:
    """Two ratings, a difficulty that opens a comment, and one item for large units only."""
    items = (
        RatingItem(id="q1", text=_T, required=True, scale=SCALE, choices=POINTS),
        SingleItem(id="q2", text=_T, required=True, choices=YES_NO),
        MultiItem(id="q3", text=_T, choices=YES_NO, show_if=ItemCondition("q2", in_=("yes",))),
        TextItem(id="q4", text=_T, max_length=50, show_if=ItemCondition("q2", in_=("yes",))),
        RatingItem(id="q5", text=_T, scale=SCALE, choices=POINTS, show_if=FactCondition("branch_members", gte=30)),
        TextItem(id="q6", text=_T, max_length=50),
    )
    return Questionnaire(
        id="small",
        title=_T,
        purpose=_T,
        intro=_T,
        thanks=_T,
        minutes=1,
        cadence="annual",
        who=Who(("all",)),
        sections=(Section("s1", _T, None, items),),
    )


def add_branches(stores: Stores, sizes: Mapping[str, int] | None = None, unit_type: str = "academic") -> None:
    """Branches by id and size, with all members in one category."""
    with Session(stores.registry) as session, session.begin():
        for branch_id, members in (sizes or {"B01": 100, "B02": 20}).items():
            name = f"第{branch_id}分工会"
            session.add(Branch(id=branch_id, name_zh=name, name_en=branch_id, unit_type=unit_type, members=members))
            session.flush()
            session.add(HeadCount(branch_id=branch_id, category="teacher", members=members))


def draft(stores: Stores, poll_id: str = "poll-1", way: Way = "open", **changes: Any) -> PollDraft:
    notice = Notice(Text("工会"), Text("了解情况"), Text("电话"), date(2026, 12, 1), date(2027, 12, 1))
    facts = {
        "poll_id": poll_id,
        "questionnaire": questionnaire(),
        "title": Text("满意度调查", "Poll"),
        "wave": "2026",
        "way": way,
        "first_day": FIRST,
        "last_day": LAST,
        "notice": notice,
        "units": reporting_units(stores) if "units" not in changes else (),
    }
    return PollDraft(**(facts | changes))


def open_poll(stores: Stores, poll_id: str = "poll-1", way: Way = "open") -> FrozenPoll:
    """A frozen poll of two units, b01 with 100 members and b02 with 20."""
    with Session(stores.registry) as session:
        known = session.get(Branch, "B01") is not None
    if not known:
        add_branches(stores)
    return freeze_poll(stores, draft(stores, poll_id, way), OFFICER, FIRST)


def answers(unit_id: str = "b01", **given: Any) -> bytes:
    """Answers at rest of a member of a unit; by default all satisfied and without difficulties."""
    facts = {"branch_members": 100 if unit_id == "b01" else 20, "unit": unit_id}
    natural = {"q1": "s4", "q2": "no"} | ({"q5": "s5"} if unit_id == "b01" else {}) | given
    return encoded(questionnaire(), natural, facts)


def submission(credential: str = "b01", poll_id: str = "poll-1", **changes: Any) -> Submission:
    """An open submission of a unit, or with a code (it has hyphens) a slip submission; all random values new."""
    is_code = credential.count("-") == 3
    values: dict[str, Any] = {
        "poll_id": poll_id,
        "nonce": secrets.token_bytes(32),
        "opener": secrets.token_bytes(32),
        "answers": answers() if is_code else answers(credential),
        "comments": (),
        "credential": SlipCode(credential) if is_code else OpenUnit(credential),
    }
    return Submission(**(values | changes))


def comment(item: str = "q6", text: str = "食堂很好") -> Comment:
    return Comment(item, text, secrets.token_bytes(32))
