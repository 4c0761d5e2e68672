"""Versions through the pages: differences in words, waves that stay comparable, earlier states put back, frozen ones copied."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from survey_app.services import drafting, starting_drafts
from tests.officers_house import Desk, OfficersHouse, new_poll, officers_house


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficersHouse]:
    made = officers_house(Path(tmp_path_factory.mktemp("versions")))
    assert new_poll(made).status_code == 303
    yield made
    made.close()


@pytest.fixture
def desk(house: OfficersHouse) -> Desk:
    return house.desk("union")


def copied(house: OfficersHouse) -> tuple[str, dict[str, Any]]:
    draft_id = starting_drafts.started_draft(house.stores, "poll:home-2026", "union")
    return draft_id, json.loads(json.dumps(drafting.draft(house.stores, draft_id).document))


def test_a_copy_of_what_was_asked_is_the_same(house: OfficersHouse, desk: Desk) -> None:
    draft_id, _document = copied(house)
    assert "与那时一模一样" in desk.get(f"/officers/drafts/{draft_id}/versions").text
    assert "两份一模一样" in desk.get(f"/officers/drafts/{draft_id}/differences?with=poll:home-2026").text


def test_a_changed_stable_question_ends_its_comparison_and_is_named(house: OfficersHouse, desk: Desk) -> None:
    draft_id, document = copied(house)
    item = next(item for section in document["sections"] for item in section["items"] if item.get("stable"))
    item["zh"], item["short_zh"] = "换了问法？", "换了问法"
    drafting.save_draft(house.stores, draft_id, 1, document, "union")
    versions = desk.get(f"/officers/drafts/{draft_id}/versions").text
    assert "道还能比" in versions
    page = desk.get(f"/officers/drafts/{draft_id}/differences?with=poll:home-2026").text
    assert "“换了问法？”" in page
    assert "断了年度对比" in page


@pytest.mark.parametrize("language", ["zh", "en"])
def test_questions_and_parts_are_named_by_number_and_words_and_not_by_code(house: OfficersHouse, language: str) -> None:
    draft_id, document = copied(house)
    sections = document["sections"]
    ids = [each["id"] for section in sections for each in (section, *section["items"])]
    extra = {"id": "x_fresh", "type": "text", "zh": "还有什么想说？", "en": "Anything else?", "max_length": 200}
    gone = sections[0]["items"].pop(2)
    sections[0]["items"].insert(0, extra)
    sections[0]["items"][2] |= {"short_zh": "另一个短名", "short_en": "Another short name"}
    sections[1] |= {"title_zh": "另一个标题", "title_en": "Another title"}
    drafting.save_draft(house.stores, draft_id, 1, document, "union")
    page = house.desk("union", language).get(f"/officers/drafts/{draft_id}/differences?with=poll:home-2026").text
    main = re.sub("<[^>]+>", " ", page[page.index("<h1") :].split("</main>")[0])
    word = {"zh": "第 1 题“还有什么想说？”", "en": "Question 1 “Anything else?”"}[language]
    assert word in main
    assert {"zh": "第 3 题“另一个短名”", "en": "Question 3 “Another short name”"}[language] in main
    assert {"zh": "以前是第 2 题", "en": "was question 2"}[language] in main
    assert {"zh": "部分 2“另一个标题”的标题改了", "en": "Section 2 “Another title”: the title was changed"}[
        language
    ] in main
    label = gone.get(f"short_{language}") or gone[language]
    assert {"zh": f"以前的第 3 题“{label}”", "en": f"Earlier question 3 “{label}”"}[language] in main
    named = {name for name in (*ids, "x_fresh") if re.search(rf"(?<![A-Za-z0-9_]){name}(?![A-Za-z0-9_])", main)}
    assert not named


def test_differences_are_told_of_an_unfinished_draft_too(house: OfficersHouse, desk: Desk) -> None:
    draft_id, document = copied(house)
    document["sections"][0]["items"][0]["zh"] = ""
    document["sections"][0]["items"][1]["type"] = "nothing"
    drafting.save_draft(house.stores, draft_id, 1, document, "union")
    for language in ("zh", "en"):
        answer = house.desk("union", language).get(f"/officers/drafts/{draft_id}/differences?with=revision:1")
        assert answer.status_code == 200


@pytest.mark.parametrize(
    "wanted",
    [
        "",
        "revision:99",
        "revision:x",
        "revision:99999999999999999999",
        "poll:none",
        "library:none",
        "draft:none",
        "file:x",
    ],
)
def test_what_is_not_there_is_no_page(house: OfficersHouse, desk: Desk, wanted: str) -> None:
    draft_id, _document = copied(house)
    assert desk.get(f"/officers/drafts/{draft_id}/differences?with={wanted}").status_code == 404


def test_an_earlier_state_comes_back_as_a_new_revision_and_nothing_is_lost(house: OfficersHouse, desk: Desk) -> None:
    draft_id, first = copied(house)
    second = first | {"title_zh": "第二个样子"}
    drafting.save_draft(house.stores, draft_id, 1, second, "union")
    answer = desk.post(f"/officers/drafts/{draft_id}/restore", {"revision": "1"})
    assert answer.location == f"/officers/drafts/{draft_id}"
    stands = drafting.draft(house.stores, draft_id)
    assert (stands.summary.revision, stands.document) == (3, first)
    assert drafting.earlier_state(house.stores, draft_id, 2).document == second
    assert "第 2 次保存" in desk.get(f"/officers/drafts/{draft_id}/versions").text


@pytest.mark.parametrize("revision", ["", "0", "7", "x", "-1", "9" * 30])
def test_a_state_that_was_not_kept_is_not_put_back(house: OfficersHouse, desk: Desk, revision: str) -> None:
    draft_id, _document = copied(house)
    assert desk.post(f"/officers/drafts/{draft_id}/restore", {"revision": revision}).status_code == 404
    assert drafting.draft(house.stores, draft_id).summary.revision == 1


def test_a_frozen_questionnaire_is_shown_to_read_and_to_copy(house: OfficersHouse, desk: Desk) -> None:
    page = desk.get("/officers/drafts/frozen/home-2026").text
    assert "定稿锁定以后一个字也不能改" in page
    assert 'value="poll:home-2026"' in page
    assert desk.get("/officers/drafts/frozen/none").status_code == 404
    assert '<a href="/officers/drafts/frozen/home-2026">' in desk.get("/officers/drafts").text


def test_two_years_are_compared_from_the_frozen_one(house: OfficersHouse, desk: Desk) -> None:
    assert new_poll(house, "home-2027", wave="2027").status_code == 303
    page = desk.get("/officers/drafts/frozen/home-2027").text
    assert "与那时一模一样" in page
    assert desk.get("/officers/drafts/frozen/home-2027/differences?with=poll:home-2026").status_code == 200


@pytest.mark.parametrize("name", ["medicine", "principal", None])
def test_versions_are_the_university_officers_alone(house: OfficersHouse, name: str | None) -> None:
    draft_id, _document = copied(house)
    stranger = house.desk(name)
    for address in (f"{draft_id}/versions", f"{draft_id}/differences?with=poll:home-2026", "frozen/home-2026"):
        assert stranger.get(f"/officers/drafts/{address}").status_code in {302, 303, 403, 404}
