"""A term and its polls behind the whole app: members sign in, collect and answer by HTTP, as their pages do."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.ballots.encodings import from_base64url, to_base64url
from survey_app.services import members
from survey_app.services.casting import Submission, TicketCredential
from survey_app.services.collecting import SignedTicket
from survey_app.services.designing import freeze_poll
from survey_app.services.poll_facts import Mode
from survey_app.settings import Settings
from survey_app.store.engines import Stores, upgrade
from tests.small_polls import FIRST, OFFICER, draft
from tests.small_terms import (
    COLLECTING,
    MEANS,
    SECRET,
    Browser,
    browser,
    manifest_of,
    small_term,
    small_university,
)

TERM = "2026"


@dataclass
class ServedTerm:
    app: Flask
    stores: Stores
    folder: Path

    def today(self, day: date) -> None:
        self.app.config["TODAY"] = day

    def member(self, staff_number: str) -> "Member":
        return Member(self, staff_number)

    def cast(self, submission: Submission, poll_id: str = "poll-1", **headers: str) -> TestResponse:
        client = self.app.test_client(use_cookies=False)
        said = {"Content-Type": "application/json", **headers}
        return client.post(f"/b/waves/{poll_id}/ballots", data=json.dumps(ballot_told(submission)), headers=said)

    def close(self) -> None:
        self.stores.registry.dispose()
        self.stores.ballot_box.dispose()


class Member:
    """A member's browser: cookies of the account door, and a seed."""

    def __init__(self, house: ServedTerm, staff_number: str) -> None:
        self.house, self.staff_number = house, staff_number
        self.client: FlaskClient = house.app.test_client()
        self.page: Browser = browser(staff_number.split("-", maxsplit=1)[0])
        self.csrf = ""

    def sign_in(self) -> None:
        token = members.token_for_staff_number(self.house.stores, self.staff_number, datetime.now(UTC))
        asked = self.client.get(f"/account/link/{token}").text
        fields = dict(re.findall(r'name="(csrf_token|token)" value="([^"]+)"', asked))
        shown = self.client.post("/account/link", data=fields, follow_redirects=True).text
        found = re.search(r'data-csrf="([^"]+)"', shown)
        assert found, shown
        self.csrf = found[1]

    def ask(self, *slots: str) -> TestResponse:
        wanted = [self.page.wanted(manifest_of(self.house.stores, slot)) for slot in slots or ("2026-01",)]
        told = [
            {"slot": one.slot_id, "key_id": to_base64url(one.key_id), "blinded": to_base64url(one.blinded)}
            for one in wanted
        ]
        return self.client.post(
            f"/account/terms/{TERM}/tickets", json={"tickets": told}, headers={"X-CSRFToken": self.csrf}
        )

    def collect(self) -> TicketCredential:
        """Signed in, asked, verified: the ticket of the first slot."""
        self.sign_in()
        answer = self.ask()
        assert answer.status_code == 200, answer.text
        assert answer.json is not None
        signed = SignedTicket("2026-01", from_base64url(answer.json["tickets"][0]["blind_sig"]))
        return self.page.ticket(manifest_of(self.house.stores), signed)


def ballot_told(submission: Submission) -> dict[str, Any]:
    """The body of the call that the answering page makes."""
    ticket = submission.credential
    assert isinstance(ticket, TicketCredential)
    return {
        "key_id": to_base64url(ticket.key_id),
        "prepared": to_base64url(ticket.prepared),
        "sig": to_base64url(ticket.signature),
        "opener": to_base64url(submission.opener),
        "answers": submission.answers.decode(),
        "comments": [
            {"q": one.item, "text": one.text, "opener": to_base64url(one.opener)} for one in submission.comments
        ],
    }


def served_term(folder: Path, sizes: dict[str, int] | None = None, mode: Mode = "two_phases") -> ServedTerm:
    """An instance in `folder` with a term and one poll by ticket, on the day of collecting."""
    settings = {"SURVEY_INSTANCE": str(folder), "SURVEY_SECRET": SECRET, "SURVEY_SIGN_IN": "code"}
    app = create_app(Settings.from_environment(settings))
    app.config.update(TODAY=COLLECTING, TESTING=True)
    stores: Stores = app.extensions["survey"].stores
    upgrade(stores.registry, stores.ballot_box)
    small_university(stores, sizes)
    small_term(stores)
    freeze_poll(stores, draft(stores, way="ticket", mode=mode), OFFICER, FIRST, MEANS)
    return ServedTerm(app, stores, folder)
