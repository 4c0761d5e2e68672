"""Threats to the few: small units, comments, personal questions, and officers who look while a poll is open."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.disclosure.released import EVERYBODY
from questionnaires.design_checks import Circumstances, findings
from questionnaires.library import load
from questionnaires.variants import publish_variant
from questionnaires.versions import Unpublishable
from survey_app.services import boards, reporting, signing_in
from survey_app.services.casting import cast_ballot
from survey_app.services.frozen_polls import frozen_poll
from survey_app.services.publication_plan import plan_of
from survey_app.services.publishing_cells import poll_files
from survey_app.services.sealing import close_poll, seal_poll
from survey_app.store.ballot_box import ballot, comment
from survey_app.store.engines import Stores
from tests.secrecy.served_term import ServedTerm, served_term
from tests.secrecy.threats import threat
from tests.small_polls import DAY, LAST, OFFICER, open_poll, submission
from tests.small_polls import comment as a_comment
from tests.small_terms import a_ticket, answers_of, by_ticket, ticket_poll
from tests.staff_house import open_poll as open_library_poll
from tests.staff_house import staff_house

PASSWORD = "a long pass phrase"
ROLES = (("union", "university_officer", None), ("admin", "administrator", None))
ROLES += (("medicine", "branch_officer", "B01"), ("principal", "leadership", None))


def sealed(stores: Stores, folder: Path, poll_id: str = "poll-1") -> Path:
    close_poll(stores, poll_id, OFFICER)
    return seal_poll(stores, folder, poll_id, officer_name=OFFICER).path


@threat(21)
def test_reading_what_a_unit_of_three_answered(stores: Stores, tmp_path: Path) -> None:
    """Neither on the board nor in any released figure does it stand alone, nor does it follow by subtraction."""
    ticket_poll(stores)
    for number in [f"b01-{n:03}" for n in range(9)]:
        cast_ballot(stores.ballot_box, by_ticket(a_ticket(stores, number)), DAY)
    for number in [f"b02-{n:03}" for n in range(3)]:
        one = by_ticket(a_ticket(stores, number), answers=answers_of("b02", q1="s1"))
        cast_ballot(stores.ballot_box, one, DAY)
    told = json.loads(boards.board(stores, tmp_path, "poll-1", DAY))["units"]
    assert {row["received"] % 5 for row in told} == {0}, "while open in fives"
    sealed(stores, tmp_path)
    rows = json.loads(boards.board(stores, tmp_path, "poll-1", LAST))["units"]
    assert [(row["units"], row["received"]) for row in rows] == [(["b01", "b02"], 12)]
    assert {line.split()[0] for line in boards.receipts_list(stores, tmp_path, "poll-1").decode().splitlines()} == {
        "b01+b02"
    }
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    assert released.unit("b02").n_responding is None
    bases = {unit: released.item_figure(unit, "q1").base or 0 for unit in (EVERYBODY, "b01", "b02")}
    assert bases == {EVERYBODY: 9, "b01": 9, "b02": 0}, "the whole leaves it out, so it does not follow by subtraction"
    published = b"".join(poll_files(stores, "poll-1").values())
    assert b'"n":12' not in published
    assert b'"n":3' not in published


@threat(22)
def test_knowing_an_author_by_the_ballot_that_came_with_the_comment(stores: Stores, tmp_path: Path) -> None:
    """Nothing joins them, and the comments of the sealed box lie in the order of random numbers."""
    open_poll(stores)
    said = [f"第 {number} 个说话的人" for number in range(40)]
    for words in said:
        cast_ballot(stores.ballot_box, submission(comments=(a_comment(text=words),)), DAY)
    with stores.ballot_box.connect() as connection:
        kept = [
            {
                bytes(value) if isinstance(value, memoryview) else value
                for row in connection.execute(select(table))
                for value in row
            }
            for table in (ballot, comment)
        ]
    assert kept[0] & kept[1] == {"poll-1", "b01"}
    with closing(sqlite3.connect(sealed(stores, tmp_path))) as box:
        lying = [text for (text,) in box.execute("SELECT text FROM comment")]
        receipts = [receipt for (receipt,) in box.execute("SELECT receipt FROM comment")]
    assert receipts == sorted(receipts)
    assert sorted(lying) == sorted(said)
    assert lying != said


@threat(22)
@pytest.mark.parametrize(("n_comments", "told"), [(9, None), (10, 10)])
def test_reading_comments_of_a_unit_in_which_few_wrote(
    stores: Stores, tmp_path: Path, n_comments: int, told: int | None
) -> None:
    open_poll(stores)
    for place in range(20):
        cast_ballot(stores.ballot_box, submission(comments=(a_comment(),) if place < n_comments else ()), DAY)
    for _ in range(20):
        cast_ballot(stores.ballot_box, submission("b02"), DAY)
    sealed(stores, tmp_path)
    released = reporting.release_poll(stores, tmp_path, "poll-1", OFFICER)
    counted = released.comment_count("b01", "q6")
    assert (counted.n if counted else None) == told
    assert "食堂很好" not in released.to_json().decode()


@threat(22)
def test_writers_are_warned_not_to_name_anybody(tmp_path: Path) -> None:
    house = staff_house(tmp_path)
    open_library_poll(house, "home", way="open")
    pages = house.app.test_client(use_cookies=False)
    for address in ("/b/home", "/anonymity"):
        assert "请不要写" in pages.get(address).text
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()


@pytest.fixture
def open_term_house(tmp_path: Path) -> Iterator[ServedTerm]:
    """A poll that is open, with nine ballots of b01 and seven of b02, and somebody of every role."""
    house = served_term(tmp_path)
    house.today(DAY)
    for name, role, branch in ROLES:
        signing_in.add_officer(house.stores, name, name, role, PASSWORD, branch_id=branch)
    for number in [f"b01-{n:03}" for n in range(9)] + [f"b02-{n:03}" for n in range(7)]:
        words = (a_comment(text=f"Marker-Comment-{number}"),)
        one = by_ticket(a_ticket(house.stores, number), comments=words)
        cast_ballot(house.stores.ballot_box, one, DAY)
    yield house
    house.close()


def signed_in(house: ServedTerm, name: str) -> FlaskClient:
    """At both desks at once; nobody at all for an empty name."""
    client = house.app.test_client()
    for door in ("officers", "leadership") if name else ():
        token = signing_in.sign_in(house.stores, name, PASSWORD, datetime.now(UTC))
        with client.session_transaction(base_url=f"http://localhost/{door}/", path=f"/{door}/") as session:
            session["token"] = token
    return client


RESULTS = (
    "/results/poll-1",
    "/results/poll-1/files",
    "/results/poll-1/files/cells.json",
    "/results/years/2026",
    "/results/years/2026/files",
    "/leadership/poll-1",
    "/leadership/poll-1/units",
    "/leadership/poll-1/units/b01",
    "/leadership/poll-1/cells.csv",
    "/leadership/years/2026",
    "/leadership/years/2026/units",
    "/leadership/years/2026/needs",
    "/leadership/years/2026/downloads",
    "/leadership/years/2026/cells.csv",
)
CLOSED_DOOR = (302, 303, 401, 403, 404)


@threat(23)
def test_looking_at_results_while_the_poll_is_open_in_every_role(open_term_house: ServedTerm) -> None:
    """No page of results exists before the release, whoever asks; what officers see of the fieldwork is in fives."""
    house = open_term_house
    people = {name: signed_in(house, name) for name in ("", *(name for name, _, _ in ROLES))}

    def statuses() -> dict[tuple[str, str], int]:
        return {(name, at): who.get(at).status_code for (name, who), at in product(people.items(), RESULTS)}

    def refused() -> bool:
        found = statuses()
        public = all(status == 404 for (_, at), status in found.items() if at.startswith("/results"))
        leader = all(status == 404 for (name, _), status in found.items() if name == "principal")
        return public and leader and all(status in CLOSED_DOOR for status in found.values())

    assert refused()
    nothing_of_ballots(house, people)
    close_poll(house.stores, "poll-1", OFFICER)
    assert refused()
    nothing_of_ballots(house, people)
    seal_poll(house.stores, house.folder, "poll-1", officer_name=OFFICER)
    assert refused()
    reporting.release_poll(house.stores, house.folder, "poll-1", OFFICER)
    found = statuses()
    assert found["", "/results/poll-1"] == found["principal", "/leadership/poll-1"] == 200


def nothing_of_ballots(house: ServedTerm, people: dict[str, FlaskClient]) -> None:
    """Every page that names the poll or its wave, to everybody: no comment, no receipt, no exact number on the board."""
    with house.stores.ballot_box.connect() as connection:
        receipts = [bytes(one).hex() for one in connection.scalars(select(ballot.c.receipt))]
    values = {"poll_id": "poll-1", "wave": "2026", "unit_id": "b01", "reader": "staff", "kind": "csv", "name": "x"}
    with house.app.test_request_context():
        rules = [rule for rule in house.app.url_map.iter_rules() if {"poll_id", "wave"} & rule.arguments]
        addresses = {
            rule.build({name: values[name] for name in rule.arguments}, append_unknown=False)[1]
            for rule in rules
            if "GET" in (rule.methods or ()) and rule.arguments <= set(values)
        }
    assert len(addresses) > 25
    for (_name, who), address in product(people.items(), addresses):
        answer = who.get(address)
        assert b"Marker-Comment" not in answer.data, address
        assert not [one for one in receipts if one.encode() in answer.data], address
    told = json.loads(people["union"].get("/b/waves/poll-1/board.json").data)["units"]
    assert [(row["issued"], row["received"]) for row in told] == [(5, 5), (5, 5)]


@threat(24)
def test_asking_so_much_about_persons_that_answers_name_them(stores: Stores) -> None:
    """Three personal questions cannot be frozen; two that make more cells than the smallest unit has members are named."""
    asked = load("staff_home_annual")
    assert len(asked.personal_items) > 2
    with pytest.raises(Unpublishable):
        publish_variant(asked, personal_items=asked.personal_items[:3])
    crowded = publish_variant(load("congress_openness"), personal_items=("dem_category", "dem_age"))
    for members, named in ((30, True), (60, False)):
        rules = {one.rule.id for one in findings(crowded, Circumstances(smallest_unit=members))}
        assert ("identifying_combination" in rules) == named


@threat(24)
def test_crossing_units_with_personal_questions_in_what_is_published(tmp_path: Path) -> None:
    """Nothing is planned for a unit's group, and nobody's answer is certified but the unit."""
    house = staff_house(tmp_path)
    open_library_poll(house, "home")
    plan = plan_of(frozen_poll(house.stores.ballot_box, "home"))
    house.stores.registry.dispose()
    house.stores.ballot_box.dispose()
    assert {one.item for one in plan.attributes} == {"dem_category", "dem_age"}
    asked_about = {one.item for one in plan.attributes}
    for column in plan.columns:
        assert set(column.levels) <= {"university", "units", "groups"}
        if column.column.split(":")[0] in asked_about:
            assert "units" not in column.levels
    assert all(one.least >= plan.rules.minimum_base for one in plan.attributes)
