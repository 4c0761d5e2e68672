"""Wrong, missing, doubled, oversized, foreign and broken input: a 4xx or the form again with a sentence, never a 500."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from questionnaires.answers import encoded
from questionnaires.library import library
from questionnaires.variants import publish_variant
from tests.journeys.conftest import OPEN_POLL, SLIP_POLL, Visitor
from tests.staff_house import StaffHouse

HOME = publish_variant(library()["staff_home_annual"], personal_items=["dem_category", "dem_age"])
RATED = {item.id: item.choices[1].id for item in HOME.items if item.required}
FACTS = {"branch_members": 180, "unit": "b07"}


def a_ballot(letter: str = "A", **changed: Any) -> dict[str, Any]:
    """A good ballot of the open poll; `letter` makes its random values its own."""
    return {
        "nonce": letter * 42 + "A",
        "opener": letter * 42 + "E",
        "answers": encoded(HOME, {**RATED, "b04": "no_brought", "b30": ("none",)}, FACTS).decode(),
        "comments": [],
        "credential": {"unit": "b07"},
        **changed,
    }


def cast(visitor: Visitor, body: Any, **headers: str) -> TestResponse:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return visitor.client.post(
        f"/b/{visitor.poll_id}/ballots", data=data, headers={"Content-Type": "application/json", **headers}
    )


def test_a_good_ballot_is_created_once_and_then_known(open_visitor: Visitor) -> None:
    first, second = cast(open_visitor, a_ballot("B")), cast(open_visitor, a_ballot("B"))
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert len(first.json["receipt"]) == 43


def test_the_same_nonce_with_other_answers_is_refused(open_visitor: Visitor) -> None:
    cast(open_visitor, a_ballot("C"))
    other = cast(
        open_visitor, a_ballot("C", answers=encoded(HOME, {**RATED, "b04": "pnts", "b30": ("pnts",)}, FACTS).decode())
    )
    assert (other.status_code, other.json) == (409, {"error": "already_submitted"})


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Cookie": "officers_session=abc"}, 400),
        ({"Cookie": "a=1; leadership_session=x"}, 400),
        ({"Authorization": "Bearer x"}, 400),
        ({"Cookie": "campus=1"}, 201),
    ],
)
def test_a_call_that_carries_an_identity_is_refused(
    open_visitor: Visitor, headers: dict[str, str], status: int
) -> None:
    response = cast(open_visitor, a_ballot("D"), **headers)
    assert response.status_code in {status, 200 if status == 201 else status}
    assert status != 400 or response.json == {"error": "identifying_header"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"[" * 60_000, 400),
        (a_ballot(nonce="short"), 400),
        (a_ballot(nonce="A" * 42 + "B"), 400),  # a second spelling of the same bytes
        (a_ballot(nonce="+" * 43), 400),
        (a_ballot(nonce="A" * 42 + "="), 400),
        (a_ballot(nonce=None), 400),
        (a_ballot(opener="A" * 43), 400),  # the nonce again
        (a_ballot(answers=[1, 2]), 400),
        (a_ballot(answers="[０]"), 400),
        (a_ballot(answers="[1]"), 422),
        (a_ballot(answers="x"), 422),
        (a_ballot(answers="[" + "9" * 9000 + "]"), 422),
        (a_ballot(comments={}), 400),
        (a_ballot(comments=["x"]), 400),
        (a_ballot(comments=[{"item": "b34", "text": "x" * 400, "opener": "Q" * 42 + "Q"}]), 422),
        (a_ballot(comments=[{"item": "b01", "text": "x", "opener": "Q" * 42 + "Q"}]), 422),
        (a_ballot(comments=[{"item": "b34", "text": "\x00", "opener": "Q" * 42 + "Q"}]), 422),
        (a_ballot(credential={}), 400),
        (a_ballot(credential={"slip": "7K4M-Q2XR-9TFH-3WZB"}), 400),
        (a_ballot(credential={"unit": "b99"}), 404),
        (a_ballot(credential={"unit": 7}), 400),
        (a_ballot(credential={"unit": "b07", "slip": "x"}), 400),
        (a_ballot(comments=[{"item": "b34", "text": "长" * 30_000, "opener": "Q" * 43}]), 413),
        (b"x" * 5_000_000, 413),
    ],
)
def test_a_call_no_page_of_ours_makes_is_refused_with_a_code(open_visitor: Visitor, body: Any, status: int) -> None:
    response = cast(open_visitor, body)
    assert response.status_code == status
    assert response.json is not None
    assert response.json["error"]
    assert response.headers["Cache-Control"] == "no-store"


def test_a_lone_surrogate_in_a_comment_is_refused(open_visitor: Visitor) -> None:
    body = json.dumps(a_ballot(comments=[{"item": "b34", "text": "X", "opener": "Q" * 42 + "Q"}])).replace(
        '"X"', '"\\ud800"'
    )
    assert cast(open_visitor, body.encode()).status_code in {400, 422}


def test_a_wrong_answer_names_its_item(open_visitor: Visitor) -> None:
    answers = a_ballot()["answers"].replace("[1,", "[77,", 1)
    assert cast(open_visitor, a_ballot(answers=answers)).json == {"error": "invalid_answers", "item": "b01"}


def test_a_slip_that_is_wrong_is_known_before_the_first_question(house: StaffHouse, visitor: Visitor) -> None:
    def ask(code: Any) -> TestResponse:
        return visitor.client.post(f"/b/{SLIP_POLL}/slips", data=json.dumps({"slip": code}))

    assert ask(house.slip(SLIP_POLL, "b12").lower().replace("-", " ")).json == {"unit": "b12"}
    assert ask("0000-0000-0000-0001").status_code == 403
    assert ask(7).status_code == 400
    assert ask("7" * 2000).status_code in {400, 413}


@pytest.mark.parametrize(
    "data",
    [
        {"b01": "s9"},
        {"b01": ["s1", "s2"]},
        {"b01": "\x00"},
        {"b01": b"\xff\xfe\xfd"},
        {"at": "nowhere", "go": "send"},
        {"at": "check", "go": "send"},
        {"at": "check", "go": "change nothing"},
        {"at": "check", "go": "change b05"},
        {"at": "overall", "go": "fly"},
        {"at": "overall", "go": "back"},
        {"at": "services", "b32.1": "culture_sport", "b32.2": "culture_sport", "seen": "b32"},
        {"at": "services", "b31.nothing": "s4"},
        {"at": "check", "go": "send", "nonce": "x", "opener": "é" * 64},
        {"unit": "b99"},
        {"unit": ["b07", "b12"]},
        {"language": "<script>alert(1)</script>"},
        {"b34": "<script>alert(1)</script>", "at": "check", "go": "zh"},
        {"b34": "x" * 20_000, "at": "check", "go": "send"},
    ],
)
def test_a_hostile_form_is_answered_with_a_page(open_visitor: Visitor, data: dict[str, Any]) -> None:
    fields = {"language": "zh", "at": "overall", "go": "next", "unit": "b07", "seen": "b01", **data}
    page = open_visitor._read(open_visitor.client.post(f"/b/{OPEN_POLL}/sections", data=fields))
    assert page.status in {200, 400, 404, 413, 422}
    assert page.title
    assert "<script>alert" not in page.text


def test_a_foreign_choice_brings_the_form_back_with_a_sentence(open_visitor: Visitor) -> None:
    open_visitor.start(unit="b07")
    page = open_visitor.press("next", b01="s9", b02="f4", b03="a4", b04="no_brought")
    assert page.status == 422
    assert "这一题的选项不对，请重新选" in page.text
    assert ("b02", "f4") in page.fields


@pytest.mark.parametrize(
    ("size", "content_type"),
    [(5_000_000, "application/x-www-form-urlencoded"), (5_000_000, "multipart/form-data; boundary=x")],
)
def test_five_megabytes_are_too_much(open_visitor: Visitor, size: int, content_type: str) -> None:
    response = open_visitor.client.post(
        f"/b/{OPEN_POLL}/sections", data=b"b34=" + b"x" * size, content_type=content_type
    )
    assert response.status_code in {400, 413}
    assert "text/html" in response.headers["Content-Type"]


def test_many_fields_are_too_much(open_visitor: Visitor) -> None:
    response = open_visitor.client.post(
        f"/b/{OPEN_POLL}/sections",
        data=b"&".join(b"f%d=1" % n for n in range(30_000)),
        content_type="application/x-www-form-urlencoded",
    )
    assert response.status_code == 413


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    data=st.dictionaries(
        st.sampled_from(
            ["at", "go", "unit", "code", "seen", "nonce", "opener.b34", *RATED, "b31.culture_sport", "b32.2", "b34"]
        ),
        st.one_of(
            st.text(max_size=30),
            st.sampled_from(["s5", "a4", "next", "send", "back", "check", "services", "about_you", "b07"]),
        ),
    )
)
def test_no_form_at_all_makes_the_server_fail(open_visitor: Visitor, data: dict[str, str]) -> None:
    response = open_visitor.client.post(f"/b/{OPEN_POLL}/sections", data={"unit": "b07", "at": "overall", **data})
    assert response.status_code < 500
