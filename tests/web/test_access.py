"""Every endpoint names its audience, or the app does not start."""

from datetime import date

import pytest
from flask import Flask

from survey_app.web import access, formats


def test_an_app_with_an_endpoint_that_names_no_audience_does_not_start() -> None:
    app = Flask("probe", static_folder=None)
    app.add_url_rule("/open", "open_to_whom", lambda: "x")
    with pytest.raises(access.NoAudience, match="open_to_whom"):
        access.init_app(app)


def test_an_unknown_role_is_refused_when_the_page_is_written() -> None:
    with pytest.raises(access.NoAudience, match="rector"):
        access.audience("rector")


def test_days_read_naturally_in_both_languages() -> None:
    assert formats.day(date(2026, 11, 22), in_language="zh") == "11月22日"
    assert formats.day(date(2026, 11, 22), year=True, in_language="zh") == "2026年11月22日"
    assert formats.day(date(2026, 11, 22), in_language="en") == "22 November"


def test_percents_are_rounded_half_up() -> None:
    assert [formats.percent(share) for share in (0, 0.125, 0.5, 1)] == ["0%", "13%", "50%", "100%"]
