"""The phone beside the canvas and the try-out: who may frame what, in which language, and what never gets stored."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from survey_app.services import drafting, starting_drafts
from tests.officers_house import OfficersHouse, officers_house

ANCESTORS_NONE = "frame-ancestors 'none'"


@pytest.fixture
def officers(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    yield made
    made.close()


@pytest.fixture
def draft_id(officers: OfficersHouse) -> str:
    return starting_drafts.started_draft(officers.stores, "library:staff_home_annual", "union")


def test_only_the_preview_may_be_framed_and_only_the_designer_frames(officers: OfficersHouse, draft_id: str) -> None:
    desk = officers.desk("union")
    policies = {
        address: desk.get(f"/officers/drafts{address}").headers
        for address in ("", f"/{draft_id}", f"/{draft_id}/preview", f"/{draft_id}/checklist")
    }
    for address, headers in policies.items():
        policy = headers.getlist("Content-Security-Policy")
        assert len(policy) == 1
        assert ("frame-ancestors 'self'" in policy[0]) is address.endswith("/preview")
        assert ("frame-src 'self'" in policy[0]) is (address == f"/{draft_id}")
        assert headers.getlist("X-Frame-Options") == ["SAMEORIGIN" if address.endswith("/preview") else "DENY"]
    tried = officers.app.test_client().get(f"/b/preview-{draft_id}")
    assert ANCESTORS_NONE in tried.headers["Content-Security-Policy"]
    assert tried.headers["Cache-Control"] == "no-store"


def test_the_preview_speaks_its_own_language_with_the_words_of_staffs_door(
    officers: OfficersHouse, draft_id: str
) -> None:
    desk = officers.desk("union")
    chinese = desk.get(f"/officers/drafts/{draft_id}/preview?language=zh").text
    english = desk.get(f"/officers/drafts/{draft_id}/preview?language=en").text
    assert '<html lang="zh-CN">' in chinese
    assert '<html lang="en">' in english
    plain = officers.app.test_client().get(f"/b/preview-{draft_id}/en").text
    shown = re.sub(r"preview-\w+-frame", f"preview-{draft_id}", english).replace("<body inert>", "<body>")
    assert re.sub(r'id="other-language" href="[^"]*"', "", shown) == re.sub(
        r'id="other-language" href="[^"]*"', "", plain
    )


def test_a_draft_with_faults_says_so_in_the_officers_language(officers: OfficersHouse) -> None:
    blank = starting_drafts.started_draft(officers.stores, "blank", "union")
    address = f"/officers/drafts/{blank}/preview?language=en"
    assert "还看不到预览" in officers.desk("union").get(address).text
    english = officers.desk("union", "en").get(address).text
    assert "No preview yet" in english
    assert "还" not in english
    assert officers.app.test_client().get(f"/b/preview-{blank}").status_code == 404


def test_a_try_out_says_that_it_is_one_and_stores_nothing(officers: OfficersHouse, draft_id: str) -> None:
    there = officers.desk("union").get(f"/officers/drafts/{draft_id}/try?language=en&members=60")
    assert there.headers["Location"] == f"/b/preview-{draft_id}/en#u=m60"
    person = officers.app.test_client()
    assert "这是试答" in person.get(f"/b/preview-{draft_id}").text
    refused = person.post(
        f"/b/preview-{draft_id}/ballots",
        data=json.dumps({"nonce": "x", "answers": "[]", "comments": []}),
    )
    assert refused.status_code == 400
    for page in ("thanks", "plan"):
        assert person.get(f"/b/preview-{draft_id}/{page}").status_code == 200
    assert "这是试答" in person.get(f"/b/preview-{draft_id}/thanks").text


def test_a_draft_can_be_answered_without_script_up_to_the_thanks(officers: OfficersHouse) -> None:
    draft_id = starting_drafts.started_draft(officers.stores, "library:desk_micro", "union")
    person, address = officers.app.test_client(), f"/b/preview-{draft_id}/sections"
    page = person.post(address, data={"at": "start", "unit": "m60", "language": "zh"}).text
    for _step in range(8):
        if "data-thanks" in page:
            break
        sent = MultiDict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))
        for name, value in re.findall(r'<input type="radio" name="([^"]+)" value="([^"]+)"', page):
            if name not in sent:
                sent.add(name, value)
        sent.add("go", "send" if 'value="send"' in page else "next")
        page = person.post(address, data=sent).text
    assert "data-thanks" in page
    assert "这是试答" in page


def test_nobody_else_sees_a_preview_at_the_desk(officers: OfficersHouse, draft_id: str) -> None:
    assert officers.desk("medicine").get(f"/officers/drafts/{draft_id}/preview").status_code == 403
    assert officers.desk().get(f"/officers/drafts/{draft_id}/preview").status_code == 303
    drafting.set_archived(officers.stores, draft_id, "union", archived=True)
    assert officers.app.test_client().get(f"/b/preview-{draft_id}").status_code == 404
