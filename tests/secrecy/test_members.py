"""Who signed in to collect stays in the registry: not in the ballot box, not in what the server prints, not in a moment."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import DateTime

from survey_app.sign_in_settings import SignInSettings
from survey_app.store.registry import Base
from tests.members_house import MailServer, mail_server, members_house
from tests.real_server import RealServer, serving

ADDRESS, NUMBER = "m10001@jut.example", "10001"


@pytest.fixture
def post() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


def call(server: RealServer, method: str, path: str, cookie: str = "", body: str = "") -> tuple[int, str, str]:
    """Status, cookie as it is now, page."""
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    headers = {"Content-Type": "application/x-www-form-urlencoded"} | ({"Cookie": cookie} if cookie else {})
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    page = answer.read().decode()
    given = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    connection.close()
    return answer.status, given[-1] if given else cookie, page


def csrf(page: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found
    return found[1]


def test_a_sign_in_leaves_no_trace_outside_the_registry(
    tmp_path: Path, post: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = members_house(tmp_path / "instance", SignInSettings())
    house.close()
    ways = {"SIGN_IN": "email", "SMTP": f"smtp://127.0.0.1:{post.port}", "MAIL_FROM": "union@jut.example"}
    for name, value in (ways | {"SECRET": "x" * 48}).items():
        monkeypatch.setenv(f"SURVEY_{name}", value)
    printed = tmp_path / "printed"
    with serving(house.folder, printed) as server:
        _status, cookie, page = call(server, "GET", "/account/sign-in")
        asked = f"csrf_token={csrf(page)}&address={ADDRESS.replace('@', '%40')}"
        status, _cookie, answer = call(server, "POST", "/account/sign-in/email", cookie, asked)
        assert status == 200, (cookie, asked, answer)
        found = re.search(r"/account/link/(\S+)", post.wait_for(1)[0][1].get_content())
        assert found
        _status, cookie, page = call(server, "GET", f"/account/link/{found[1]}", cookie)
        status, cookie, _page = call(
            server, "POST", "/account/link", cookie, f"csrf_token={csrf(page)}&token={found[1]}"
        )
        assert status == 303
        assert f"会员{NUMBER}" in call(server, "GET", "/account/", cookie)[2]
    token = cookie.partition("=")[2]
    files = {path.name: path.read_bytes() for path in house.folder.rglob("*") if path.is_file()}
    outside = printed.read_bytes() + b"".join(
        content for name, content in files.items() if not name.startswith("registry.db")
    )
    for trace in (ADDRESS, NUMBER, f"会员{NUMBER}", found[1]):
        assert trace.encode() not in outside
    everything = b"".join(files.values())
    assert found[1].encode() not in everything, "a one-time token is kept as a hash alone"
    assert token.encode() not in everything, "a session's token is kept as a hash alone"


def test_no_table_of_members_has_a_moment_but_the_end_of_a_right() -> None:
    moments = {
        (name, column.name)
        for name, table in Base.metadata.tables.items()
        if name in {"member_session", "member_link", "personal_code", "mail", "mail_job", "roster_member"}
        for column in table.columns
        if isinstance(getattr(column.type, "impl_instance", column.type), DateTime)
    }
    assert moments == {("member_session", "expires"), ("member_link", "expires")}
