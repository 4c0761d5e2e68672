"""Two languages where they are offered; each door's own words first."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from survey_app.app import create_app
from survey_app.settings import Settings
from survey_app.store.engines import upgrade
from survey_app.web.instance import Instance
from survey_app.web.languages import catalogue


def client(folder: Path, languages: tuple[str, ...]) -> FlaskClient:
    databases = {name: f"sqlite:///{folder / name}.db" for name in ("registry_url", "ballot_box_url")}
    app = create_app(Settings(instance=folder, secret="x" * 48, languages=languages, **databases))
    instance = app.extensions["survey"]
    assert isinstance(instance, Instance)
    upgrade(instance.stores.registry, instance.stores.ballot_box)
    return app.test_client()


@pytest.mark.parametrize("path", ["/", "/anonymity", "/officers/sign-in", "/nowhere"])
def test_an_installation_in_chinese_alone_offers_and_speaks_no_english(tmp_path: Path, path: str) -> None:
    page = client(tmp_path, ("zh",)).get(f"{path}?lang=en").text
    assert 'lang="zh-CN"' in page
    assert "English" not in page


def test_an_english_answering_page_is_not_there_where_english_is_not_offered(tmp_path: Path) -> None:
    assert client(tmp_path, ("zh",)).get("/b/any/en").status_code == 404


@pytest.mark.parametrize("path", ["/", "/officers/sign-in"])
def test_an_installation_in_both_languages_offers_the_other_one(tmp_path: Path, path: str) -> None:
    both = client(tmp_path, ("zh", "en"))
    assert ">English</a>" in both.get(path).text
    assert ">中文</a>" in both.get(f"{path}?lang=en").text


def test_a_door_finds_its_own_english_before_another_doors() -> None:
    assert catalogue("en", "officers").gettext("作答") == "Answering"
    assert catalogue("en", "leadership").gettext("作答") == "Participation"


@pytest.mark.parametrize("path", ["/", "/nowhere", "/officers/", "/static/x/base.css", "/b/none/ballots"])
def test_every_answer_carries_the_content_policy(tmp_path: Path, path: str) -> None:
    answer = client(tmp_path, ("zh", "en")).get(path)
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
