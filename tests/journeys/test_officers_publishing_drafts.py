"""From a draft to a poll: the checklist in both languages, what is refused, and a questionnaire without a word of English."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey_app.services import drafting, starting_drafts
from tests.officers_house import OfficersHouse, officers_house

CHINESE = re.compile(r"[\u4e00-\u9fff]+")


@pytest.fixture
def officers(tmp_path: Path) -> Iterator[OfficersHouse]:
    made = officers_house(tmp_path)
    yield made
    made.close()


def draft_of(officers: OfficersHouse, *items: dict[str, Any], **around: Any) -> str:
    document = starting_drafts.BLANK | {"id": "own", "title_zh": "窗口回访", "purpose_zh": "改进窗口服务"} | around
    document["sections"] = [{"id": "part1", "title_zh": "办理情况", "items": list(items)}]
    return drafting.new_draft(officers.stores, document, "blank", "union")


def rating(item_id: str = "q1", **properties: Any) -> dict[str, Any]:
    asked = {"id": item_id, "type": "rating", "zh": "窗口人员的态度：", "scale": "satisfaction5", "na": True}
    return asked | {"required": True} | properties


def staff_number() -> dict[str, Any]:
    return {"id": "q2", "type": "text", "zh": "请填写您的工号：", "max_length": 20}


def standings(page: str) -> dict[str, str]:
    return dict(re.findall(r'data-line="(\w+)" data-standing="(\w+)"', page))


def test_a_questionnaire_without_english_is_published_and_its_english_page_shows_chinese(
    officers: OfficersHouse,
) -> None:
    draft_id = draft_of(
        officers, rating(), {"id": "q3", "type": "text", "zh": "还想说什么？请不要写姓名。", "max_length": 200}
    )
    desk = officers.desk("union")
    told = standings(desk.get(f"/officers/drafts/{draft_id}/checklist").text)
    assert told["translated"] == "advised"
    assert "blocked" not in told.values()
    address = f"/officers/polls/new/draft:{draft_id}"
    fields = desk.fields(address) | {"way": "open", "first_day": "2026-11-18", "last_day": "2026-11-22"}
    fields |= {"poll_id": "desk-2026", "results_by": "2027-01-15", "title_zh": "窗口回访"}
    frozen = desk.post(address, fields | {"step": "freeze"})
    assert frozen.headers["Location"].endswith("/officers/polls/desk-2026"), html.unescape(frozen.text)[:3000]
    person = officers.app.test_client()
    for page in ("/b/desk-2026", "/b/desk-2026/en", "/b/desk-2026/thanks?lang=en", "/b/desk-2026/plan?lang=en"):
        assert person.get(page).status_code == 200
    english = person.get("/b/desk-2026/en").text
    assert "窗口人员的态度" in english
    assert "Continue" in english
    assert "None" not in re.sub(r"<[^>]+>", "", english)


def test_a_draft_that_asks_for_the_staff_number_is_refused_with_the_checklist(officers: OfficersHouse) -> None:
    draft_id = draft_of(officers, rating(), staff_number())
    desk = officers.desk("union")
    for answer in (
        desk.get(f"/officers/polls/new/draft:{draft_id}"),
        desk.post(f"/officers/polls/new/draft:{draft_id}"),
    ):
        assert answer.status_code == 422
        assert standings(answer.text)["anonymous"] == "blocked"
        assert f"/officers/drafts/{draft_id}#at=sections.0.items.1" in answer.text
        assert "draft:" not in answer.text


def test_an_unfinished_draft_is_refused_and_each_line_leads_to_its_place(officers: OfficersHouse) -> None:
    draft_id = starting_drafts.started_draft(officers.stores, "blank", "union")
    page = officers.desk("union").get(f"/officers/drafts/{draft_id}/checklist").text
    told = standings(page)
    assert (told["named"], told["asked"]) == ("blocked", "blocked")
    assert f"/officers/drafts/{draft_id}#at=title_zh" in page
    assert "还没有写中文" in page


def test_rules_that_lead_nowhere_stand_in_their_own_line_which_does_not_say_that_all_is_well(
    officers: OfficersHouse,
) -> None:
    ahead = rating(show_if={"item": "q2", "in": ["s5"]})
    draft_id = draft_of(officers, ahead, rating("q2", zh="窗口的等候：", show_if={"item": "q1", "in": ["s5"]}))
    page = officers.desk("union").get(f"/officers/drafts/{draft_id}/checklist").text
    assert standings(page)["routed"] == "blocked"
    assert standings(page)["asked"] == "settled"
    assert "跳题有不通的地方" in page
    assert "每一题都有人答得到" not in page
    assert all(f"#at=sections.0.items.{at}.show_if" in page for at in (0, 1))


def test_the_checklist_of_a_faulty_draft_speaks_english_on_an_english_page(officers: OfficersHouse) -> None:
    draft_id = draft_of(officers, rating(scale="?"), {"id": "q2", "type": "single"}, title_en="Desk", minutes=0)
    english = officers.desk("union", "en").get(f"/officers/drafts/{draft_id}/checklist").text
    shown = re.sub(r"<[^>]+>", "\n", english.split("<main", 1)[1])
    assert set(CHINESE.findall(shown)) <= {"窗口人员的态度", "办理情况"}  # what the draft itself says
    chinese = officers.desk("union").get(f"/officers/drafts/{draft_id}/checklist").text
    shown = re.sub(r"<[^>]+>", "\n", chinese.split('<section class="card">', 1)[1])
    assert not re.search(r"\b(is|are|wanted|missing|There)\b", shown)


def test_an_unknown_draft_and_a_branch_officer_get_nowhere(officers: OfficersHouse) -> None:
    draft_id = draft_of(officers, rating())
    assert officers.desk("union").get("/officers/polls/new/draft:000000000000").status_code == 404
    assert officers.desk("medicine").get(f"/officers/drafts/{draft_id}/checklist").status_code == 403


def test_mending_by_call_changes_nothing_that_is_stored(officers: OfficersHouse) -> None:
    draft_id = draft_of(officers, rating(), intro_zh="请您回答。")
    desk = officers.desk("union")
    state = drafting.draft(officers.stores, draft_id)
    sent = {"document": state.document, "rule": "missing_notice", "path": ["intro_zh"]}
    answer = desk.client.post(f"/officers/drafts/{draft_id}/mend", json=sent, headers={"X-CSRFToken": desk.token()})
    assert answer.status_code == 200
    assert "不记名" in answer.json["document"]["intro_zh"]
    assert drafting.draft(officers.stores, draft_id).document == state.document
    sent["rule"] = "no_such_rule"
    refused = desk.client.post(f"/officers/drafts/{draft_id}/mend", json=sent, headers={"X-CSRFToken": desk.token()})
    assert refused.status_code == 422


def test_a_conflict_names_the_colleague_as_people_call_them(officers: OfficersHouse) -> None:
    draft_id = draft_of(officers, rating())
    document = drafting.draft(officers.stores, draft_id).document
    drafting.save_draft(officers.stores, draft_id, 1, {**document, "title_zh": "别的"}, "admin")
    desk = officers.desk("union")
    sent = {"revision": 1, "document": {**document, "title_zh": "我的"}}
    answer = desk.client.put(f"/officers/drafts/{draft_id}/document", json=sent, headers={"X-CSRFToken": desk.token()})
    assert answer.status_code == 409
    assert answer.json["by"] == "系统管理员"
