"""A university with units and one officer of each role, and people who sit at the officers' desk: the real app and databases."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.services import registering, signing_in
from survey_app.settings import Settings
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.engines import Stores, upgrade

TODAY = date(2026, 11, 18)
PASSWORD = "a long pass phrase"
UNITS = """单位编号,单位名称,英文名,类型,会员人数,专任教师,行政管理
B07,计算机学院分工会,Computer Science,学院,176,150,26
B15,医学院分工会,Medicine,学院,60,40,20
B21,出版社分工会,Press,直属,22,,
B22,档案馆分工会,Archives,直属,9,,
B23,高教所分工会,Higher Education,学院,6,,
B24,离退休教职工分会,Retired,离退休,80,,
"""
PEOPLE = (
    ("union", "周敏", "university_officer", None),
    ("admin", "系统管理员", "administrator", None),
    ("medicine", "陈静", "branch_officer", "B15"),
    ("principal", "梁栋", "leadership", None),
)


@dataclass
class OfficersHouse:
    app: Flask
    stores: Stores
    folder: Path

    def desk(self, name: str | None = None, language: str = "zh") -> "Desk":
        """A person at the desk, signed in by name or not signed in."""
        return Desk(self, name, language)

    def close(self) -> None:
        self.stores.registry.dispose()
        self.stores.ballot_box.dispose()


class Desk:
    """A browser without script. Looks at the headers of every page it gets."""

    def __init__(self, house: OfficersHouse, name: str | None, language: str) -> None:
        self.client: FlaskClient = house.app.test_client()
        # A session of the desk's own path; signing in is slow by design, so the service makes the token.
        with self.client.session_transaction(base_url="http://localhost/officers/", path="/officers/") as session:
            session["lang"] = language
            if name:
                session["token"] = signing_in.sign_in(house.stores, name, PASSWORD, datetime.now(UTC))

    def get(self, address: str) -> TestResponse:
        return self._looked_at(self.client.get(address))

    def post(self, address: str, data: dict[str, Any] | None = None, **options: Any) -> TestResponse:
        """Send with the CSRF token of this session."""
        token = self.token()
        return self._looked_at(self.client.post(address, data={"csrf_token": token, **(data or {})}, **options))

    def token(self) -> str:
        for page in ("/officers/", "/officers/sign-in"):
            found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.client.get(page).text)
            if found:
                return found[1]
        raise AssertionError("no page with a form")

    def fields(self, address: str) -> dict[str, str]:
        """The fields of the form on a page as they stand, ready to be sent."""
        return form_fields(self.get(address).text)

    @staticmethod
    def _looked_at(response: TestResponse) -> TestResponse:
        assert response.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.status_code < 500
        return response


def form_fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        ticked = "checked" in tag or not re.search(r'type="(radio|checkbox|submit)"', tag)
        if name and ticked and name[1] != "csrf_token":
            fields[name[1]] = value[1] if value else ""
    fields |= dict(re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', text, re.DOTALL))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


def officers_house(
    folder: Path, *, today: date = TODAY, units: str = UNITS, sign_in: SignInSettings | None = None
) -> OfficersHouse:
    settings = Settings(
        instance=folder,
        registry_url=f"sqlite:///{folder / 'registry.db'}",
        ballot_box_url=f"sqlite:///{folder / 'ballot_box.db'}",
        secret="x" * 48,
        organisation_zh="江城理工大学工会",
        organisation_en="JUT Trade Union",
        contact_zh="校工会办公室 8203",
        sign_in=sign_in or SignInSettings(),
    )
    app = create_app(settings)
    app.config.update(TODAY=today, TESTING=True)
    stores: Stores = app.extensions["survey"].stores
    upgrade(stores.registry, stores.ballot_box)
    if units:
        registering.import_units(stores, units.encode(), "union")
        for name, display_name, role, branch_id in PEOPLE:
            signing_in.add_officer(stores, name, display_name, role, PASSWORD, branch_id=branch_id)
    return OfficersHouse(app, stores, folder)


def new_poll(house: OfficersHouse, poll_id: str = "home-2026", **changes: str) -> TestResponse:
    """A poll by the form: suggested values with changes, checked and frozen by the university officer."""
    desk = house.desk("union")
    address = "/officers/polls/new/staff_home_annual"
    fields = desk.fields(address) | {"poll_id": poll_id, "first_day": "2026-11-18", "last_day": "2026-11-22"}
    fields |= {"results_by": "2027-01-15", "personal": ["dem_category", "dem_age"]} | changes  # type: ignore[dict-item]
    return desk.post(address, fields | {"step": "freeze"})
