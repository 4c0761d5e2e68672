"""The sender is killed in the middle of a mailing and started again: every mail is sent once, and what is in doubt is told."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from questionnaires.texts import Text
from survey_app.services.inviting import begin_mailing, mailings
from survey_app.services.terms import TermWanted, open_term
from survey_app.sign_in_settings import SignInSettings
from tests.members_house import MailServer, MembersHouse, mail_server, members_house
from tests.real_server import TOP, serving

BEFORE = 12


class HoldingServer(MailServer):
    """Takes some mails, then holds one: with its text or without, as the test wants; tells when."""

    held: threading.Event
    takes_the_held: bool

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        import asyncio

        if len(self.taken) >= BEFORE and not self.held.is_set():
            if self.takes_the_held:
                await super().handle_DATA(server, session, envelope)
            self.held.set()
            await asyncio.sleep(3600)
        return await super().handle_DATA(server, session, envelope)


def environment(house: MembersHouse, port: int) -> dict[str, str]:
    return {
        "SURVEY_INSTANCE": str(house.folder),
        "SURVEY_SECRET": "x" * 48,
        "SURVEY_SIGN_IN": "email",
        "SURVEY_SMTP": f"smtp://127.0.0.1:{port}",
        "SURVEY_MAIL_FROM": "union@jut.example",
    }


@pytest.fixture
def house(tmp_path: Path) -> Any:
    made = members_house(tmp_path, SignInSettings())
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date()
    days = {"collect_first_day": today, "collect_last_day": today + timedelta(days=30)}
    open_term(made.stores, "x" * 48, TermWanted("2026", Text("2026年度"), slots=1, **days), "union")
    begin_mailing(made.stores, "invitation", "union", today)
    yield made
    made.close()


@pytest.mark.parametrize("taken", [True, False], ids=["its mail was taken", "its mail was not taken"])
def test_a_sender_killed_in_the_middle_sends_no_mail_twice(house: MembersHouse, taken: bool) -> None:
    from aiosmtpd.controller import Controller

    from tests.real_server import free_port

    first = HoldingServer(free_port())
    first.held, first.takes_the_held = threading.Event(), taken
    controller = Controller(first, hostname="127.0.0.1", port=first.port)
    controller.start()
    command = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "mail", "send", "--pause", "0.1"]
    process = subprocess.Popen(command, cwd=TOP, env=os.environ | environment(house, first.port))
    assert first.held.wait(60)
    process.send_signal(signal.SIGKILL)
    process.wait()
    controller.stop()
    with mail_server() as second:
        done = subprocess.run(
            command,
            check=False,
            cwd=TOP,
            env=os.environ | environment(house, second.port),
            capture_output=True,
            text=True,
        )
    assert done.returncode == 0, done.stderr
    sent = Counter(address for address, _mail in [*first.taken, *second.taken])
    assert set(sent.values()) == {1}
    assert len(sent) == (53 if taken else 52)
    (mailing,) = mailings(house.stores, "2026")
    assert (mailing.state, mailing.sent, mailing.doubtful) == ("done", 52, 1)


def test_the_served_service_sends_what_waited_when_it_starts(house: MembersHouse, tmp_path: Path) -> None:
    with mail_server() as post:
        settings = environment(house, post.port)
        old = {name: os.environ.get(name) for name in settings}
        os.environ.update(settings)
        try:
            with serving(house.folder, tmp_path / "printed"):
                post.wait_for(53, seconds=60)
        finally:
            for name, value in old.items():
                os.environ.pop(name) if value is None else os.environ.update({name: value})
    assert set(Counter(address for address, _mail in post.taken).values()) == {1}
    assert "@" not in (tmp_path / "printed").read_text("utf-8")
