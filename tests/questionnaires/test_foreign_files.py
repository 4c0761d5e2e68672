"""Files of other programs: what they hold comes in, what cannot is listed with its place, and nothing hostile gets by."""

import io
import json
import subprocess
import sys
import tracemalloc
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from questionnaires.formats import UnreadableFile, read_file, write_file
from questionnaires.formats.limesurvey_reading import read_limesurvey
from questionnaires.formats.limesurvey_writing import write_limesurvey
from questionnaires.library import IDS, load
from questionnaires.skip_logic import All, ItemCondition
from questionnaires.texts import Text
from questionnaires.versions import from_document, frozen_document
from tests.questionnaires.foreign import LSS, SURVEYJS, WIDE, XLSFORM, workbook
from tests.questionnaires.varied import varied

SURVEYJS_FILE = json.dumps(SURVEYJS).encode()


def said(imported):
    return [str(note) for note in imported.notes]


def refused(data, name):
    with pytest.raises(UnreadableFile) as refusal:
        read_file(data, name)
    for note in refusal.value.notes:
        assert note.text.zh
        assert note.text.en
    return str(refusal.value)


def test_an_xlsform_of_another_program_comes_in_with_its_groups_rules_and_tables():
    found = read_file(XLSFORM, "walk.xlsx").questionnaire
    kinds = {item.id: item.kind for item in found.items}
    assert kinds == {
        "joined": "single", "liked": "multi", "hours": "number", "which": "text", "rate": "matrix", "order": "rank_top",
        "likely": "number", "end_note": "info", "late": "text",
    }  # fmt: skip
    assert (found.id, found.title.zh) == ("sunday_walk_2", "Sunday walk")
    assert found.item("joined").required
    assert found.item("liked").max_select == 2
    assert [choice.id for choice in found.item("liked").choices] == ["weather", "company", "other"]
    assert (found.item("hours").minimum, found.item("hours").maximum) == (1, 12)
    assert found.condition("which") == All((ItemCondition("joined", ("yes",)), ItemCondition("liked", ("weather",))))
    assert [row.text.zh for row in found.item("rate").rows] == ["The path", "The guide"]


@pytest.mark.parametrize(
    "sentence",
    [
        "survey, row 2: “start” records the device or the person",
        "survey, row 6: “Other” is an option only",
        "survey, row 7: An item of this type cannot be required",
        "survey, row 8: A group within a group",
        "survey, row 16: There is no type like “geopoint”",
        "survey, row 17: There is no type like “calculate”",
        "survey, row 21: The rule “${hours} > 5” was not carried over",
        "survey, column media::image: The column “media::image” was not carried over (rows 21)",
    ],
)
def test_what_an_xlsform_holds_beyond_us_is_listed_with_its_row(sentence):
    assert any(sentence in one for one in said(read_file(XLSFORM, "walk.xlsx")))


def test_a_surveyjs_document_of_another_program_comes_in_with_panels_and_carried_options():
    imported = read_file(SURVEYJS_FILE, "canteen.json")
    found = imported.questionnaire
    assert [item.kind for item in found.items] == [
        "single",
        "rating",
        "multi",
        "matrix",
        "text",
        "single",
        "single",
        "text",
        "text",
    ]
    assert found.item("eaten_here").text.zh == "Hier gegessen?"
    assert found.condition("taste") == ItemCondition("eaten_here", ("yes",))
    assert found.condition("why") == ItemCondition("taste", ("c2", "c1"))
    assert found.item("best").options_from == "dishes"
    assert found.item("why").text.zh == "What was wrong?"
    notes = "\n".join(said(imported))
    for part in (
        "triggers",
        "matrixdynamic",
        "defaultValue",
        "validators",
        "“{dishes.length} + 1 > 2” was not carried",
        "formatting (HTML)",
    ):
        assert part in notes


def test_a_limesurvey_file_comes_in_in_both_languages_with_its_relevance():
    imported = read_file(LSS, "library.lss")
    found = imported.questionnaire
    assert {item.id: item.kind for item in found.items} == {"went": "single", "used": "multi", "why": "text"}
    assert (found.item("went").text.zh, found.item("went").text.en) == (
        "您去过图书馆吗？",
        "Have you been to the library?",
    )
    assert found.condition("used") == ItemCondition("went", ("a1",))
    assert found.condition("why") == ItemCondition("used", ("sq1",))
    assert found.item("why").max_length == 200
    notes = "\n".join(said(imported))
    for part in (
        "“conditions” were not carried",
        "em_validation_q",
        "The array lacks rows or columns",
        "no type like “|”",
    ):
        assert part in notes


# Placeholders in double braces would be expressions to LimeSurvey.
WITHOUT_PLACEHOLDERS = [name for name in IDS if name not in {"quick_poll", "officer_appraisal"}]


@pytest.mark.parametrize("name", WITHOUT_PLACEHOLDERS)
def test_the_library_goes_through_limesurvey_with_its_words_options_and_rules(name):
    there = load(name)
    back = read_limesurvey(write_limesurvey(there).data, "x.lss").questionnaire
    assert [(item.text, len(item.choices), item.required) for item in back.items] == [
        (item.text, len(item.choices), item.required and item.kind != "info") for item in there.items
    ]
    assert [bool(back.condition(item.id)) for item in back.items] == [
        bool(there.condition(item.id)) for item in there.items
    ]
    assert [section.title for section in back.sections] == [section.title for section in there.sections]


@given(varied(most=5))
@settings(max_examples=40, deadline=None)
def test_any_questionnaire_can_be_written_for_limesurvey_and_read_again(questionnaire):
    back = read_limesurvey(write_limesurvey(questionnaire).data, "x.lss").questionnaire
    assert len(back.items) == len(questionnaire.items)


def test_what_limesurvey_cannot_say_is_listed():
    notes = "\n".join(map(str, write_limesurvey(load("needs_annual")).notes))
    for part in (
        "a11: The best-worst screens become one ranking",
        "a02: All options are shown",
        "has no “stable”",
        "has no “sensitive”",
    ):
        assert part in notes


def packed(**parts):
    """The small workbook with parts replaced or added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(XLSFORM)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "http://example.org/x.dtd"><document/>'
LABELS = ["type", "name", "label"]


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"x" * 50_000_000, "x.xlsx", "larger than 10 MB"),
        (b"x" * 50_000_000, "x.json", "larger than 10 MB"),
        (b"", "x.xlsx", "not a whole .xlsx"),
        (b"PK\x03\x04broken", "x.xlsx", "not a whole .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "x.xlsx", "old .xls"),
        (packed(**{"xl/workbook.xml": ENTITY}), "x.xlsx", "xl/workbook.xml: The file holds XML declarations (entities)"),
        (packed(**{"xl/bomb.xml": b" " * 70_000_000}), "x.xlsx", "too large when unpacked"),
        (packed(**{"xl/vbaProject.bin": b"x"}), "x.xlsx", "macros"),
        (packed(**{"xl/worksheets/sheet1.xml": b"<worksheet>"}), "x.xlsx", "damaged"),
        (workbook(other=[["a"]]), "x.xlsx", "The sheet “survey” is missing"),
        (workbook(survey=[LABELS, ["text", "a", "=1+1"]]), "x.xlsx", "survey, row 2, column C: The cell holds a formula"),
        (workbook(survey=[LABELS, ["text", "a", '=HYPERLINK("http://x","y")']]), "x.xlsx", "formula"),
        (workbook(survey=[["type", "type"], ["text", "a"]]), "x.xlsx", "The column “type” stands twice"),
        (workbook(survey=[LABELS, ["begin_group", "g", "G"], ["text", "a", "A"]]), "x.xlsx", "survey, row 2: This group has no end_group"),
        (workbook(survey=[LABELS, ["end_group"]]), "x.xlsx", "survey, row 2: The group that ends here never began"),
        (workbook(survey=[LABELS]), "x.xlsx", "holds no item"),
        (workbook(survey=[LABELS, *([["text", "a", "A"]] * 5001)]), "x.xlsx", "survey, row 5002: The sheet has more than 5000 rows"),
        (workbook(survey=[[*LABELS, *map(str, range(300))], [None] * 300 + ["x"]]), "x.xlsx", "survey, row 1: The sheet has more than 200 columns"),
        (workbook(survey=[[*LABELS, "survey_app"], ["text", "a", "A", "{"]]), "x.xlsx", "survey, row 2, column survey_app"),
        (OUTSIDE, "x.lss", "line 1: Document types (entities) are not allowed"),
        (ENTITY, "x.lss", "line 1: Document types"),
        (ENTITY.decode().encode("utf-16"), "x.lss", "Document types"),
        (b"<document><a>", "x.lss", "not whole XML"),
        (b"<a>" * 1000, "x.lss", "nested too deep"),
        (b"<html></html>", "x.lss", "no LimeSurvey survey"),
        (b"", "x.lss", "not whole XML"),
        (b"{", "x.surveyjs.json", "line 1: This is not JSON"),
        (b"[" * 100_000, "x.surveyjs.json", "nested too deep"),
        (b"{}", "x.surveyjs.json", "neither pages nor elements"),
        (b'{"elements": [5]}', "x.json", "elements[0]: An element is wanted here"),
        (b'{"pages": []}', "x.json", "holds no item"),
        (b"{}", "x.json", "title_zh"),
        (b"a: &a [*a]", "x.yaml", "Aliases"),
        (b"hello", "x.txt", "The kind of file is unknown"),
    ],
)  # fmt: skip
def test_a_broken_hostile_or_foreign_file_gets_a_sentence_with_its_place(data, name, sentence):
    assert sentence in refused(data, name)


def test_a_zip_bomb_is_refused_without_being_unpacked():
    bomb = packed(**{"xl/bomb.xml": b" " * 300_000_000})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    refused(bomb, "x.xlsx")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 20_000_000


def test_words_that_look_like_formulas_stay_words():
    data = workbook(survey=[LABELS, ["text", "a", "A"]])
    plain = read_file(data, "x.xlsx").questionnaire
    sly = replace(plain, title=Text("=1+1", "=cmd|' /C calc'!A0"))
    for name in ("x.xlsx", "x.surveyjs.json", "x.yaml", "x.json"):
        assert read_file(write_file(sly, name).data, name).questionnaire.title == sly.title


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_surveyjs_document_with_anything_replaced_is_read_or_refused_with_sentences(data):
    tree = json.loads(data.draw(st.sampled_from([SURVEYJS_FILE, json.dumps({"title": "T", "elements": WIDE})])))
    spot, keys = tree, []
    while isinstance(spot, dict | list) and spot and (not keys or data.draw(st.booleans())):
        keys.append(data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot)))))
        parent, spot = spot, spot[keys[-1]]
    parent[keys[-1]] = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.text(max_size=9),
            st.just([]),
            st.just({}),
            st.just([[]]),
            st.just([{}]),
        )
    )
    try:
        found = read_file(json.dumps(tree).encode(), "x.surveyjs.json").questionnaire
    except UnreadableFile as refusal:
        assert refusal.notes  # noqa: PT017 - both ends are right
    else:
        assert from_document(frozen_document(found)) == found


@given(
    st.integers(1, 20),
    st.integers(0, 10),
    st.one_of(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12), st.integers()),
)
@settings(max_examples=120, deadline=None)
def test_a_workbook_with_any_cell_replaced_is_read_or_refused_with_sentences(row, column, words):
    book = load_workbook(io.BytesIO(XLSFORM))
    cell = book["survey"].cell(row, column + 1)
    cell.value = words
    stream = io.BytesIO()
    book.save(stream)
    try:
        found = read_file(stream.getvalue(), "x.xlsx").questionnaire
    except UnreadableFile as refusal:
        assert refusal.notes  # noqa: PT017 - both ends are right
    else:
        assert from_document(frozen_document(found)) == found


def run(*arguments):
    command = [sys.executable, "-m", "questionnaires", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_converts_and_lists_what_was_left_behind(tmp_path):
    source, target = tmp_path / "walk.xlsx", tmp_path / "walk.yaml"
    source.write_bytes(XLSFORM)
    done = run("convert", source, target)
    assert done.returncode == 0, done.stdout
    assert "survey, row 16: There is no type like “geopoint”" in done.stdout
    assert done.stdout.splitlines()[-1].startswith(f"{target}: written, 9 items")
    assert run("check", target).returncode == 0


def test_a_file_that_cannot_be_read_leaves_nothing_behind(tmp_path):
    source, target = tmp_path / "x.lss", tmp_path / "x.yaml"
    source.write_bytes(OUTSIDE)
    target.write_text("what was there before")
    done = run("convert", source, target)
    assert done.returncode == 1
    assert "line 1: Document types" in done.stdout
    assert target.read_text() == "what was there before"
    assert not list(tmp_path.glob(".*"))


def test_the_command_reviews_the_design(tmp_path):
    (tmp_path / "walk.xlsx").write_bytes(XLSFORM)
    done = run("review", tmp_path / "walk.xlsx")
    assert "time_promised" not in done.stdout
    assert "[" in done.stdout
