"""Questionnaires in from files and out to files, and their texts to a translator and back, through the pages."""

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from questionnaires.formats import WRITERS, read_file
from questionnaires.library import load
from survey_app.officers.exchange import LARGEST_UPLOAD
from survey_app.services import drafting, starting_drafts
from survey_app.store.registry import Draft, DraftRevision
from tests.officers_house import Desk, OfficersHouse, form_fields, officers_house
from tests.questionnaires.foreign import LSS, SURVEYJS, XLSFORM, workbook

FILES = {
    "form.xlsx": XLSFORM,
    "survey.json": json.dumps(SURVEYJS).encode(),
    "survey.lss": LSS if isinstance(LSS, bytes) else LSS.encode(),
    "ours.yaml": WRITERS["yaml"](load("quick_poll")).data,
    "ours.json": WRITERS["json"](load("needs_annual")).data,
}


@pytest.fixture(scope="module")
def open_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OfficersHouse]:
    made = officers_house(Path(tmp_path_factory.mktemp("exchange")))
    yield made
    made.close()


@pytest.fixture
def house(open_house: OfficersHouse) -> OfficersHouse:
    """One house for all; no test leaves an upload behind that it does not mean to."""
    with Session(open_house.stores.registry) as session, session.begin():
        session.execute(delete(DraftRevision))
        session.execute(delete(Draft))
    for path in (open_house.folder / "uploads").glob("*"):
        path.unlink()
    return open_house


@pytest.fixture
def desk(house: OfficersHouse) -> Desk:
    return house.desk("union")


def upload(desk: Desk, data: bytes, name: str) -> TestResponse:
    """A body made by hand: the test client would leave a large one in an open file."""
    parts = f'name="csrf_token"\r\n\r\n{desk.token()}', f'name="file"; filename="{name}"\r\n\r\n'
    body = "".join(f"\r\n--limit\r\nContent-Disposition: form-data; {part}" for part in parts).encode()
    return desk.client.post(
        "/officers/drafts/import",
        data=body.lstrip() + data + b"\r\n--limit--\r\n",
        content_type="multipart/form-data; boundary=limit",
    )


def stored(house: OfficersHouse) -> int:
    return len(drafting.drafts(house.stores))


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_looked_at_first_and_then_becomes_a_draft(house: OfficersHouse, desk: Desk, name: str) -> None:
    looked = upload(desk, FILES[name], name)
    assert looked.status_code == 200
    assert stored(house) == 0
    taken = desk.post("/officers/drafts/import/take-over", form_fields(looked.text))
    assert taken.status_code == 303
    draft = drafting.draft(house.stores, taken.location.rsplit("/", 1)[1])
    assert draft.summary.origin == f"file:{name}"
    assert [item["id"] for section in draft.document["sections"] for item in section["items"]] == [
        item.id for item in read_file(FILES[name], name).questionnaire.items
    ]
    assert list((house.folder / "uploads").glob("*")) == []
    assert desk.get(taken.location).status_code == 200


def test_what_cannot_be_carried_is_listed_before_anything_is_stored(house: OfficersHouse, desk: Desk) -> None:
    page = upload(desk, FILES["form.xlsx"], "form.xlsx").text
    notes = read_file(FILES["form.xlsx"], "form.xlsx").notes
    assert notes
    assert f"有 {len(notes)} 处带不过来" in page
    assert re.search(r"工作表 \w+ 第 \d+ 行", page)
    assert stored(house) == 0


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"\0" * 80_000_000)
    return made.getvalue()


ENTITIES = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><document>&b;</document>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE d SYSTEM "file:///etc/passwd"><document/>'


def packed(**parts: bytes) -> bytes:
    """A sound workbook with parts put in or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSFORM)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return made.getvalue()


HOSTILE = {
    "bomb.xlsx": bomb(),
    "bomb-in-a-sound-one.xlsx": packed(**{"xl/media/a.bin": b"\0" * 80_000_000}),
    "thousand-parts.xlsx": packed(**{f"xl/p{n}.xml": b"<a/>" for n in range(1000)}),
    "macros.xlsx": packed(**{"xl/vbaProject.bin": b"x"}),
    "laughs.xlsx": packed(**{"xl/sharedStrings.xml": ENTITIES}),
    "outside.xlsx": packed(**{"xl/workbook.xml": OUTSIDE}),
    "encrypted.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "table.xlsx": b"type,name,label\ntext,a,A\n",
    "letter.xlsx": workbook(letter=[["Dear colleague"]]),
    "link.xlsx": workbook(survey=[["type", "name", "label"], ["text", "q1", '=HYPERLINK("http://x","y")']]),
    "outside.lss": OUTSIDE,
    "page.lss": b"<html><body>Not found</body></html>",
    "wide.lss": ENTITIES.decode().encode("utf-16"),
    "picture.json": b"\x89PNG\r\n\x1a\n" + bytes(400),
    "package.json": b'{"name": "x", "version": "1.0.0", "scripts": {}}',
    "code.yaml": b"a: !!python/object/apply:os.system ['true']\n",
    "broken.xlsx": b"PK\x03\x04 no more",
    "entities.lss": ENTITIES,
    "broken.lss": b"<document><LimeSurveyDocType>Survey",
    "broken.json": b'{"pages": [',
    "deep.json": b"[" * 100_000,
    "alias.yaml": b"a: &a [x]\nb: [*a, *a]\n",
    "formula.xlsx": workbook(
        survey=[["type", "name", "label"], ["text", "q1", "=cmd()"]], choices=[["list_name", "name", "label"]]
    ),
    "poem.docx": b"anything",
    "empty.yaml": b"",
    "binary.json": bytes(range(256)),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_hostile_or_broken_file_gets_a_sentence_and_nothing_is_stored(
    house: OfficersHouse, name: str, language: str
) -> None:
    answer = upload(house.desk("union", language), HOSTILE[name], name)
    assert answer.status_code == 422
    said = re.search(r'class="error-summary".*?</h2>(.*?)</div>', answer.text, re.DOTALL)
    assert said
    # In the words of the page's language, the names of sheets and keys aside.
    assert (re.search(r"[\u4e00-\u9fff]", said[1]) is not None) == (language == "zh")
    assert stored(house) == 0
    assert list((house.folder / "uploads").glob("*")) == []


def test_markup_in_a_file_is_shown_as_words(desk: Desk) -> None:
    sly = '<script>alert("1")</script>'
    ours = json.loads(FILES["ours.json"]) | {"title_zh": sly, "title_en": sly}
    kept = upload(desk, json.dumps(ours).encode(), "ours.json")
    assert kept.status_code == 200
    assert sly not in kept.text
    assert sly.replace("<", "&lt;").split(">")[0] in kept.text
    foreign = upload(desk, json.dumps(SURVEYJS | {"title": sly}).encode(), f"{sly}.json")
    assert sly not in foreign.text


def test_places_of_one_note_are_named_together(desk: Desk) -> None:
    texts = [["select_one l", f"q{n}", f"<b>Q{n}</b>"] for n in range(6)]
    data = workbook(survey=[["type", "name", "label"], *texts], choices=[["list_name", "name"], ["l", "a"], ["l", "b"]])
    assert (
        "工作表 survey 第 2 行、工作表 survey 第 3 行、工作表 survey 第 4 行等 6 处：去掉了"
        in upload(desk, data, "x.xlsx").text
    )


def test_the_sentence_names_the_sheet_and_the_row(desk: Desk) -> None:
    assert re.search(r"工作表 survey 第 2 行", upload(desk, HOSTILE["formula.xlsx"], "formula.xlsx").text)


@pytest.mark.parametrize("size", [LARGEST_UPLOAD + 1, 50_000_000])
def test_a_huge_file_is_refused_before_it_is_read(house: OfficersHouse, desk: Desk, size: int) -> None:
    answer = upload(desk, b"x" * size, "huge.xlsx")
    assert answer.status_code in {413, 422}
    assert "超过" in answer.text
    assert stored(house) == 0


def test_what_was_looked_at_can_be_given_up(house: OfficersHouse, desk: Desk) -> None:
    fields = form_fields(upload(desk, FILES["ours.yaml"], "ours.yaml").text)
    assert desk.post("/officers/drafts/import/take-over", fields | {"give_up": "1"}).location == "/officers/drafts"
    assert list((house.folder / "uploads").glob("*")) == []
    again = desk.post("/officers/drafts/import/take-over", fields)
    assert again.status_code == 422
    assert stored(house) == 0


def test_a_name_with_folders_and_hidden_letters_is_cleaned(house: OfficersHouse, desk: Desk) -> None:
    fields = form_fields(upload(desk, FILES["ours.yaml"], "../../x\u202efdp.yaml").text)
    desk.post("/officers/drafts/import/take-over", fields)
    assert drafting.drafts(house.stores)[0].origin == "file:xfdp.yaml"


@pytest.fixture
def draft_id(house: OfficersHouse) -> str:
    return starting_drafts.started_draft(house.stores, "library:staff_home_annual", "union")


@pytest.mark.parametrize("name", WRITERS)
def test_a_draft_goes_out_in_each_format_and_comes_in_again(desk: Desk, draft_id: str, name: str) -> None:
    answer = desk.get(f"/officers/drafts/{draft_id}/export/{name}")
    file = re.search(r'filename="([^"]+)"', answer.headers["Content-Disposition"])
    assert file
    again = read_file(answer.data, file[1]).questionnaire
    was = [item for item in load("staff_home_annual").items if item.kind != "info"]
    now = [item for item in again.items if item.kind != "info"]
    # LimeSurvey has no underscore in the codes of its questions.
    assert [item.id.replace("_", "") for item in now] == [item.id.replace("_", "") for item in was]
    assert [item.text.zh for item in now] == [item.text.zh for item in was]


def test_an_unfinished_draft_is_not_exported_half(house: OfficersHouse, desk: Desk) -> None:
    blank = starting_drafts.started_draft(house.stores, "blank", "union")
    assert desk.get(f"/officers/drafts/{blank}/export/json").location == f"/officers/drafts/{blank}/export"
    assert "改好才能导出" in desk.get(f"/officers/drafts/{blank}/export").text
    assert desk.get(f"/officers/drafts/{blank}/export/pdf").status_code == 404


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_unfinished_is_named_with_the_way_to_its_place(house: OfficersHouse, language: str) -> None:
    draft_id = starting_drafts.started_draft(house.stores, "library:staff_home_annual", "union")
    document = json.loads(json.dumps(drafting.draft(house.stores, draft_id).document))
    items = document["sections"][0]["items"]
    items[1]["options"] = items[1].pop("scale", None) or []
    items[2] |= {"zh": "", "en": "", "short_zh": "", "short_en": ""}
    document["sections"][1]["title_zh"] = ""
    drafting.save_draft(house.stores, draft_id, 1, document, "union")
    desk = house.desk("union", language)
    page = html.unescape(desk.get(f"/officers/drafts/{draft_id}/export").text)
    links = dict(re.findall(r'<a href="([^"]+#at=[^"]+)">([^<]+)</a>', page))
    first = f"/officers/drafts/{draft_id}#at=sections.0.items"
    name = {"zh": f"第 2 题“{items[1]['zh']}”", "en": f"Question 2 “{items[1]['en']}”"}[language]
    assert any(at.startswith(f"{first}.1.") and words == name for at, words in links.items())
    assert links[f"{first}.2.zh"] == {"zh": "第 3 题", "en": "Question 3"}[language]
    part = document["sections"][1]["title_en"]  # Chinese is what lacks, so these are the words there are
    assert links[f"/officers/drafts/{draft_id}#at=sections.1.title_zh"].endswith(
        f"2“{part}”" if language == "zh" else f"2 “{part}”"
    )
    assert not re.search(r"\bb\d\d\b", " ".join(links.values()))


def table_in(desk: Desk, draft_id: str, table: bytes, document: Any = None) -> TestResponse:
    data: dict[str, Any] = {"file": (io.BytesIO(table), "t.csv")}
    if document is not None:
        data["document"] = (io.BytesIO(json.dumps(document).encode()), "document.json")
    return desk.post(f"/officers/drafts/{draft_id}/translations.csv", data, content_type="multipart/form-data")


def test_texts_go_to_a_translator_and_come_back_into_what_the_page_holds(
    house: OfficersHouse, desk: Desk, draft_id: str
) -> None:
    out = desk.get(f"/officers/drafts/{draft_id}/translations.csv")
    assert out.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(out.data.decode("utf-8-sig"))))
    place = next(at for at, row in enumerate(rows) if row[1] == "b01")
    assert rows[place][0] == "第 1 题，题目"
    rows[place][3] = "Overall?"
    made = io.StringIO()
    csv.writer(made).writerows(rows)
    unsaved = json.loads(json.dumps(drafting.draft(house.stores, draft_id).document)) | {"minutes": 9}
    answer = table_in(desk, draft_id, made.getvalue().encode("gb18030"), unsaved)
    assert answer.json
    assert answer.json["document"]["sections"][0]["items"][0]["en"] == "Overall?"
    assert answer.json["document"]["minutes"] == 9
    assert drafting.draft(house.stores, draft_id).summary.revision == 1


def test_a_faulty_table_is_refused_with_the_rows_named(desk: Desk, draft_id: str) -> None:
    answer = table_in(desk, draft_id, b"key,English\nb01,fine\nnobody,x\n")
    assert answer.status_code == 422
    assert answer.json == {"sentences": ["第 3 行：这份问卷里没有“nobody”这一条。"]}
    assert table_in(desk, draft_id, b"").status_code == 422
    assert desk.post(f"/officers/drafts/{draft_id}/translations.csv").status_code == 422


@pytest.mark.parametrize("name", ["medicine", "principal", None])
def test_nobody_else_imports_exports_or_translates(house: OfficersHouse, draft_id: str, name: str | None) -> None:
    stranger = house.desk(name)
    for address in ("import", f"{draft_id}/export", f"{draft_id}/export/json", f"{draft_id}/translations.csv"):
        assert stranger.get(f"/officers/drafts/{address}").status_code in {302, 303, 403, 404}
