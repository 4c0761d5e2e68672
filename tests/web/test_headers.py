"""Headers of safety: on every answer once, also where a page has set its own."""

from pathlib import Path

import pytest
from flask import Flask, Response

from survey_app.web import headers


@pytest.fixture
def app() -> Flask:
    made = Flask(__name__)
    made.add_url_rule("/plain", view_func=lambda: "x", endpoint="plain")
    made.add_url_rule("/framing", view_func=lambda: headers.may_frame(Response("x")), endpoint="framing")
    made.add_url_rule("/framed", view_func=lambda: headers.may_be_framed(Response("x")), endpoint="framed")
    headers.init_app(made, https=True)
    return made


@pytest.mark.parametrize("address", ["/plain", "/framing", "/framed", "/nowhere"])
def test_each_header_stands_once_on_every_answer(app: Flask, address: str) -> None:
    answered = app.test_client().get(address).headers
    for name in (*headers.FIXED, "Strict-Transport-Security"):
        assert len(answered.getlist(name)) == 1, name


def test_only_who_asks_may_frame_or_be_framed_and_only_by_our_own_pages(app: Flask) -> None:
    client = app.test_client()
    plain, framing, framed = (client.get(f"/{one}").headers for one in ("plain", "framing", "framed"))
    assert "frame-ancestors 'none'" in plain["Content-Security-Policy"]
    assert "frame-src" not in plain["Content-Security-Policy"]
    assert "frame-src 'self'" in framing["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in framing["Content-Security-Policy"]
    assert "frame-ancestors 'self'" in framed["Content-Security-Policy"]
    assert (plain["X-Frame-Options"], framing["X-Frame-Options"], framed["X-Frame-Options"]) == (
        "DENY",
        "DENY",
        "SAMEORIGIN",
    )


def test_no_other_page_of_ours_loosens_its_policy() -> None:
    package = Path(headers.__file__).parents[1]
    using = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "may_be_framed(" in path.read_text("utf-8") or "may_frame(" in path.read_text("utf-8")
    }
    assert using == {"web/headers.py", "officers/designer.py", "officers/previews.py"}
