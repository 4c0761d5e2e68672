"""An instance with hand-made releases and one officer of each role: real databases, the real app."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from analysis.disclosure.released import Released
from analysis.disclosure.released_assessment import ReleasedAssessment
from survey_app.app import create_app
from survey_app.services import signing_in
from survey_app.settings import Settings
from survey_app.store.engines import Stores, upgrade
from survey_app.store.registry import AssessmentRelease, Branch, Poll, Release, Version
from tests.journeys.leadership_releases import needs, quick, staff_home
from tests.journeys.leadership_years import assessed

PASSWORD = "a long pass phrase"
OFFICERS = (
    ("principal", "leadership", None),
    ("union", "university_officer", None),
    ("admin", "administrator", None),
    ("medicine", "branch_officer", "B15"),
    ("archives", "branch_officer", "B22"),
)


@dataclass
class LeadershipHouse:
    app: Flask
    stores: Stores
    tokens: dict[str, str] = field(default_factory=dict)

    def token(self, name: str) -> str:
        """A signed-in session of this officer; signing in is slow by design, so once is enough."""
        if name not in self.tokens:
            self.tokens[name] = signing_in.sign_in(self.stores, name, PASSWORD, datetime.now(UTC))
        return self.tokens[name]

    def signed_in(self, name: str) -> FlaskClient:
        client = self.app.test_client()
        with client.session_transaction(base_url="http://localhost/leadership/", path="/leadership/") as session:
            session["token"] = self.token(name)
        return client


def leadership_house(
    folder: Path,
    releases: tuple[Released, ...] | None = None,
    years: tuple[ReleasedAssessment, ...] | None = None,
) -> LeadershipHouse:
    """Two assessed years: two waves of the Staff Home review, a needs survey, a quick poll; one poll is frozen but not released."""
    settings = Settings(
        instance=folder,
        registry_url=f"sqlite:///{folder / 'registry.db'}",
        ballot_box_url=f"sqlite:///{folder / 'ballot_box.db'}",
        secret="x" * 48,
        organisation_zh="江城理工大学工会",
        organisation_en="JUT Trade Union",
    )
    app = create_app(settings)
    app.config.update(TODAY=date(2026, 12, 2), TESTING=True)
    stores: Stores = app.extensions["survey"].stores
    upgrade(stores.registry, stores.ballot_box)
    if releases is None:
        releases = (staff_home(), staff_home("home-2025", "2025", lift=-3), needs(), quick())
        years = (assessed("2025", lift=-9), assessed("2026")) if years is None else years
    with Session(stores.registry) as session, session.begin():
        for branch in ("B09", "B15", "B22"):
            session.add(Branch(id=branch, name_zh=branch, name_en=branch, unit_type="academic", members=64))
        for released in releases:
            _store(session, released, "released")
        _store(session, staff_home("not-yet", "2027"), "frozen")
        for year in years or ():
            document = year.to_json()
            session.add(
                AssessmentRelease(wave=year.wave, document=document, sha256=sha256(document).hexdigest(), context=b"{}")
            )
    for name, role, branch in OFFICERS:
        signing_in.add_officer(stores, name, name.title(), role, PASSWORD, branch_id=branch)
    return LeadershipHouse(app, stores)


def _store(session: Session, released: Released, state: str) -> None:
    facts = released.poll
    session.merge(Version(fingerprint=facts.fingerprint, questionnaire_id=facts.questionnaire, document=b"{}"))
    session.add(
        Poll(
            poll_id=facts.id,
            fingerprint=facts.fingerprint,
            title_zh=facts.title.zh,
            title_en=facts.title.en,
            wave=facts.wave,
            way=facts.way,
            first_day=facts.first_day,
            last_day=facts.last_day,
            state=state,
            box_sha256=facts.box_sha256,
        )
    )
    session.flush()
    if state == "released":
        document = released.to_json()
        session.add(Release(poll_id=facts.id, document=document, sha256=sha256(document).hexdigest()))
