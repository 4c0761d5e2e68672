"""A university whose members sign in: the real app with the account door open, a roster with addresses, a real mail server."""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from survey_app.app import create_app
from survey_app.services import registering
from survey_app.settings import Settings
from survey_app.sign_in_settings import SignInSettings
from survey_app.store.engines import Stores, upgrade

TODAY = date(2026, 11, 18)
UNITS = """单位编号,单位名称,英文名,类型,会员人数
B07,计算机学院分工会,Computer Science,学院,24
B15,医学院分工会,Medicine,学院,20
B22,档案馆分工会,Archives,直属,12
"""
SIZES = {"B07": 24, "B15": 20, "B22": 12}


def roster(sizes: dict[str, int] = SIZES) -> str:
    """Members 10001.. with addresses, but for the last of each unit."""
    lines, number = ["工号,姓名,单位,邮箱"], 10000
    for branch, size in sizes.items():
        for place in range(size):
            number += 1
            address = f"m{number}@jut.example" if place < size - 1 else ""
            lines.append(f"{number},会员{number},{branch},{address}")
    return "\n".join(lines) + "\n"


@dataclass
class MailServer:
    """A real SMTP server of this machine, and what it took."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refused:
            return "550 no such mailbox"
        if address in self.busy:
            self.busy.discard(address)
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        mail = message_from_bytes(envelope.content, policy=default)
        assert isinstance(mail, EmailMessage)
        with self.arrived:
            self.taken += [(address, mail) for address in envelope.rcpt_tos]
            self.arrived.notify_all()
        return "250 taken"

    def wait_for(self, number: int, seconds: float = 30) -> list[tuple[str, EmailMessage]]:
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.taken) >= number, seconds), f"{len(self.taken)} mails"
            return list(self.taken)


class _Controller(Controller):
    def factory(self) -> SMTP:
        return SMTP(self.handler, enable_SMTPUTF8=True)


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    from tests.real_server import free_port

    server = MailServer(port or free_port())
    controller = _Controller(server, hostname="127.0.0.1", port=server.port)
    controller.start()
    yield server
    controller.stop()


@dataclass
class MembersHouse:
    app: Flask
    stores: Stores
    folder: Path

    def visitor(self) -> "Visitor":
        return Visitor(self.app.test_client())

    def close(self) -> None:
        self.stores.registry.dispose()
        self.stores.ballot_box.dispose()


@dataclass
class Visitor:
    """A browser without script at the account door."""

    client: FlaskClient

    def get(self, address: str) -> TestResponse:
        return self.client.get(address)

    def post(self, path: str, /, page: str = "/account/sign-in", **fields: str) -> TestResponse:
        """Send a form with the token that stands on `page`."""
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.client.get(page).text)
        assert found, f"no form on {page}"
        return self.client.post(path, data={"csrf_token": found[1], **fields})

    def say_yes(self, page: str) -> TestResponse:
        """On the text of a page that asks whose account it is."""
        fields = dict(re.findall(r'name="(csrf_token|token)" value="([^"]+)"', page))
        return self.client.post("/account/link", data=fields)

    def is_signed_in(self) -> bool:
        return self.client.get("/account/").status_code == 200


def members_house(folder: Path, sign_in: SignInSettings, **settings: Any) -> MembersHouse:
    chosen = Settings(
        instance=folder,
        registry_url=f"sqlite:///{folder / 'registry.db'}",
        ballot_box_url=f"sqlite:///{folder / 'ballot_box.db'}",
        secret="x" * 48,
        organisation_zh="江城理工大学工会",
        organisation_en="JUT Trade Union",
        contact_zh="校工会办公室 8203",
        sign_in=sign_in,
        **settings,
    )
    app = create_app(chosen)
    app.config.update(TODAY=TODAY, TESTING=True)
    stores: Stores = app.extensions["survey"].stores
    upgrade(stores.registry, stores.ballot_box)
    registering.import_units(stores, UNITS.encode(), "union")
    registering.import_roster(stores, roster().encode(), "union")
    return MembersHouse(app, stores, folder)
