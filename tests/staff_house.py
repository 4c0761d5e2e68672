"""A small university with open polls, and its staff door: real databases in a folder, the real app, a fixed calendar day."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from flask import Flask

from questionnaires.library import library
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from questionnaires.variants import publish_variant
from survey_app.app import create_app
from survey_app.services.designing import Notice, PollDraft, ReportingUnit, freeze_poll
from survey_app.services.issuing import draw_slips
from survey_app.settings import Settings
from survey_app.store.engines import Stores, upgrade
from survey_app.web.instance import Instance

TODAY = date(2026, 11, 16)
LAST_DAY = date(2026, 11, 22)
UNITS = (
    ReportingUnit("b07", Text("计算机学院分工会", "Computer Science"), "academic", 180, ("B07",), {}),
    ReportingUnit("b12", Text("人文学院分工会", "Humanities"), "academic", 96, ("B12",), {}),
    ReportingUnit("b21", Text("出版社分工会", "Press"), "support", 22, ("B21",), {}),
)
NOTICE = Notice(
    organiser=Text("校工会", "the university union"),
    purpose=Text(
        "您的评议占分工会年度考核的七成。做得好的会被看见，没做到的要说明原因。",
        "Your review counts for seven tenths of the branch's yearly assessment.",
    ),
    contact=Text("教工活动中心 203 室，内线 8203", "Staff Centre room 203, ext. 8203"),
    results_by=date(2027, 1, 15),
    kept_until=date(2029, 12, 31),
)


@dataclass
class StaffHouse:
    """The app and what the tests need to know of it. `slips`: unused codes by poll and unit."""

    app: Flask
    stores: Stores
    slips: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def slip(self, poll_id: str, unit_id: str = "b07") -> str:
        return self.slips[poll_id, unit_id].pop()


def staff_house(folder: Path, *, today: date = TODAY, organisation_zh: str = "江城理工大学工会") -> StaffHouse:
    """An instance in `folder`; no poll yet."""
    settings = Settings(
        instance=folder,
        registry_url=f"sqlite:///{folder / 'registry.db'}",
        ballot_box_url=f"sqlite:///{folder / 'ballot_box.db'}",
        secret="x" * 48,
        organisation_zh=organisation_zh,
        organisation_en="JUT Trade Union",
        contact_zh="教工活动中心 203 室，内线 8203",
    )
    app = create_app(settings, doors=("staff",))
    app.config.update(TODAY=today, TESTING=True)
    instance = app.extensions["survey"]
    assert isinstance(instance, Instance)
    upgrade(instance.stores.registry, instance.stores.ballot_box)
    return StaffHouse(app, instance.stores)


def open_poll(
    house: StaffHouse,
    poll_id: str,
    questionnaire: Questionnaire | str = "staff_home_annual",
    *,
    way: str = "slip",
    first_day: date = TODAY - timedelta(days=7),
    last_day: date = LAST_DAY,
    slips: int = 10,
) -> None:
    """Freeze a poll and, where it wants slips, draw some for each unit."""
    if isinstance(questionnaire, str):
        found = library()[questionnaire]
        questionnaire = publish_variant(
            found, personal_items=[one for one in found.personal_items if one in ("dem_category", "dem_age")]
        )
    draft = PollDraft(poll_id, questionnaire, questionnaire.title, "2026", way, first_day, last_day, NOTICE, UNITS)
    freeze_poll(house.stores, draft, "demo", first_day)
    if way == "slip":
        for unit in UNITS:
            house.slips[poll_id, unit.id] = list(draw_slips(house.stores, poll_id, unit.id, slips))
