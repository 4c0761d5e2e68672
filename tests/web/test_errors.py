"""Addresses that nobody of ours writes, against the real app on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from survey_app.app import create_app
from survey_app.settings import Settings
from survey_app.store.engines import Stores
from tests.databases import dispose


@pytest.fixture
def visitor(stores: Stores, tmp_path: Path) -> Iterator[FlaskClient]:
    addresses = [engine.url.render_as_string(False) for engine in (stores.registry, stores.ballot_box)]
    app = create_app(Settings(tmp_path, *addresses, secret="x" * 48))
    yield app.test_client()
    dispose(app.extensions["survey"].stores)


@pytest.mark.parametrize("address", ["/b/%00", "/b/a%00/thanks", "/results/%00", "/officers/polls/%00", "/%00"])
def test_an_address_with_a_nul_is_not_found_whatever_the_database(visitor: FlaskClient, address: str) -> None:
    assert visitor.get(address).status_code == 404
    assert visitor.post("/b/%00/ballots", json={"slip": "x"}).status_code == 404
    assert visitor.post("/b/%00/slips", json={"slip": "0000-0000-0000-0000"}).status_code == 404


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/officers", "/officers/"),
        ("/leadership?lang=en", "/leadership/?lang=en"),
        ("/officers///polls", "/officers/polls"),
    ],
)
def test_a_redirect_for_a_slash_stays_on_whatever_host_was_asked(
    visitor: FlaskClient, address: str, leads_to: str
) -> None:
    answer = visitor.get(address, headers={"Host": "elsewhere.example"})
    assert (answer.status_code, answer.location) == (308, leads_to)
