"""Documents: every fault is named by its place, its line and one English sentence; nothing ends in a traceback."""

import json
import subprocess
import sys

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from questionnaires.documents import DocumentFaults, read_json, read_shared_yaml, read_yaml
from questionnaires.library import FOLDER, load, shared
from questionnaires.versions import from_document, frozen_document
from tests.questionnaires.strategies import CORPUS, corpus_names

TREES = {name: yaml.safe_load((CORPUS / f"{name}.yaml").read_text("utf-8")) for name in corpus_names()}
TREES["date"]["items"][0] |= {"earliest": "2026-01-01", "latest": "2026-12-31"}

FAULTY = [
    ("title_en: 5\n", "title_en", "A text is wanted here"),
    ("colour: red\n", "colour", "This property is unknown."),
    ("titel_en: Red\n", "titel_en", "Is 'title_en' meant?"),
    ("cadence: any\n", "", "The key 'cadence' is given twice in one place."),
    ("placeholders: [topic_zh]\n", "placeholders", "'topic_zh' is declared but not used."),
    ("closing_block: about_me\n", "closing_block", "There is no block 'about_me'."),
    ("template: ja\n", "template", "true or false is wanted here."),
    ("sections: []\n", "sections", "either sections or items"),
    ("template: *x\n", "", "Aliases"),
    ("template: yes\n", "", "put it in quotes"),
    ("template: !!python/none\n", "", "ambiguous in YAML"),
    ("template: [\n", "", "This is not YAML"),
]

ITEM = "  - {{id: q9, zh: '问', {}}}\n"
FAULTY_ITEMS = [
    ("type: slider", "items.q9.type", "One of rating, matrix, single"),
    ("type: rating, scale: satisfaction6", "items.q9.scale", "There is no scale 'satisfaction6'."),
    ("type: rating", "items.q9.scale", "This is missing."),
    ("type: rating, scale: satisfaction5, max_select: 2", "items.q9.max_select", "This property is unknown."),
    ("type: single, options: [{id: a, zh: 甲}]", "items.q9.options", "From 2 to 30 options"),
    ("type: single, options: [{id: a, zh: 甲}, {id: a, zh: 乙}]", "items.q9.options", "'a' is given twice"),
    (
        "type: single, options: [{id: a, zh: 甲}, {id: b, en: B}]",
        "items.q9.options[1].zh",
        "The Chinese text is missing.",
    ),
    ("type: single, options: [{id: a, zh: 甲}, {id: 'B 1', zh: 乙}]", "items.q9.options[1].id", "An id is made of"),
    ("type: single, options: [{id: a, zh: 甲}, 乙]", "items.q9.options[1]", "A mapping of properties"),
    ("type: single, options_ref: needs17", "items.q9.options_ref", "There is no option list 'needs17'."),
    ("type: single, options_from: q8", "items.q9.options_from", "There is no item 'q8'."),
    ("type: single, options_from: q1", "items.q9.options_from", "is not a multi item"),
    ("type: single, options_from: q10", "items.q9.options_from", "comes later"),
    ("type: multi, options_ref: needs16, max_select: 17", "items.q9.max_select", "A whole number from 1 to 16"),
    ("type: rank_top, options_ref: needs16", "items.q9.max_select", "Found: nothing"),
    ("type: matrix, scale: agreement5", "items.q9.rows", "one of rows, rows_ref and rows_from"),
    ("type: text", "items.q9.max_length", "A whole number from 1 to 2000"),
    ("type: text, max_length: 20, feeds: [q_solved]", "items.q9.feeds", "Text items have themes"),
    ("type: info, feeds: [joy]", "items.q9.feeds", "There is no measure 'joy'."),
    ("type: number, required: true", "items.q9.required", "no place for 'rather not say'"),
    ("type: number, minimum: -1", "items.q9.minimum", "A whole number from 0"),
    ("type: date, earliest: 1969-12-31", "items.q9.earliest", "A day from 1970"),
    ("type: date, earliest: 2026-12-31, latest: 2026-01-01", "items.q9.latest", "before the earliest"),
    ("type: info, show_if: {item: q10, in: [a]}", "items.q9.show_if", "a condition can only look back"),
    ("type: info, show_if: {item: q9, in: [a]}", "items.q9.show_if", "a condition can only look back"),
    ("type: info, show_if: {item: q7, in: [a]}", "items.q9.show_if", "There is no item 'q7'."),
    ("type: info, show_if: {item: q1, in: [bed]}", "items.q9.show_if", "has no option 'bed'. Is 'bad' meant?"),
    ("type: info, show_if: {item: q1, in: [good], not_in: [bad]}", "items.q9.show_if", "either 'in' or 'not_in'"),
    ("type: info, show_if: {item: q2, in: [a]}", "items.q9.show_if", "conditions depend on items with choices"),
    ("type: info, show_if: {item: q3, in: [a]}", "items.q9.show_if", "another stage"),
    ("type: info, show_if: {ctx: weather, gte: 1}", "items.q9.show_if.ctx", "The system knows no fact 'weather'"),
    ("type: info, show_if: {ctx: branch_members}", "items.q9.show_if", "gte, lte, eq or in"),
    ("type: info, show_if: {all: []}", "items.q9.show_if.all", "At least one condition"),
    ("type: info, show_if: {}", "items.q9.show_if", "A condition begins with"),
    ("type: info, stage: third", "items.q9.stage", "One of first, follow_up"),
    ('type: info, help_zh: "铃\\a"', "items.q9.help_zh", "control character"),
    ("type: info, help_en: Only English", "items.q9.help_zh", "The Chinese text is missing."),
    ("type: info, short_zh: '{{top}}'", "placeholders", "'top' is used but not declared"),
    ("type: info, short_zh: '{{Top}}'", "placeholders", "Double braces hold a name"),
]

BASE = """id: faulty
title_zh: "错"
purpose_zh: "错"
intro_zh: "错"
thanks_zh: "错"
minutes: 1
cadence: any
who: {members: [anyone]}
items:
  - {id: q1, type: single, zh: "好吗？", options: [{id: good, zh: "好"}, {id: bad, zh: "不好"}]}
  - {id: q2, type: text, zh: "说说", max_length: 5}
  - {id: q3, type: single, stage: follow_up, zh: "好吗？", options: [{id: a, zh: "好"}, {id: b, zh: "不好"}]}
"""
LATER = '  - {id: q10, type: multi, zh: "后来", options: [{id: a, zh: "甲"}, {id: b, zh: "乙"}]}\n'


def faults_of(text, read=read_yaml):
    with pytest.raises(DocumentFaults) as refusal:
        read(text, "faulty", shared())
    return refusal.value.faults


@pytest.mark.parametrize(("line", "place", "sentence"), FAULTY)
def test_a_faulty_property_is_named(line, place, sentence):
    found = faults_of(BASE + line)
    assert any(fault.place == place and sentence in fault.sentence for fault in found), found


@pytest.mark.parametrize(("properties", "place", "sentence"), FAULTY_ITEMS)
def test_a_faulty_item_is_named_with_its_line(properties, place, sentence):
    found = faults_of(BASE + ITEM.format(properties) + LATER)
    right = [fault for fault in found if fault.place == place and sentence in fault.sentence]
    assert right, found
    assert place == "placeholders" or right[0].line == 13


def test_the_base_of_these_tests_is_sound():
    read_yaml(BASE + ITEM.format("type: info") + LATER, "base", shared())


def test_a_repeated_item_id_is_a_fault():
    found = faults_of(BASE + '  - {id: q1, type: info, zh: "又"}\n')
    assert [str(fault) for fault in found] == ["items.q1.id (line 13): The item id 'q1' is given twice."]


def test_all_faults_are_told_at_once():
    found = faults_of(BASE + ITEM.format("type: text, colour: red") + "titel: x\n")
    assert {fault.place for fault in found} == {"items.q9.max_length", "items.q9.colour", "titel"}


@pytest.mark.parametrize("missing", ["id", "title_zh", "thanks_zh", "minutes", "cadence", "who", "items"])
def test_what_a_questionnaire_cannot_do_without_is_asked_for(missing):
    tree = yaml.safe_load(BASE)
    del tree[missing]
    places = {fault.place for fault in faults_of(json.dumps(tree), read_json)}
    assert places == {"sections" if missing == "items" else missing}


@pytest.mark.parametrize(
    ("versions", "sentence"),
    [
        ("[[[0, 1], [2, 3]], [[0, 2], [1, 3]]]", "not every pair of options meets equally often"),
        ("[[[0, 1], [0, 2]], [[0, 3], [1, 2]], [[1, 3], [2, 3]]]", "does not show every option equally often"),
        ("[[[0, 4], [2, 3]]]", "Option positions run from 0 to 3."),
        ("[[[0, 0], [2, 3]]]", "An option stands twice on one screen."),
        ("[[[0, 1], [2, 3]], [[0, 1]]]", "same number of screens"),
        ("[[0, 1]]", "A design is a list of versions"),
        ("[[[0, true], [2, 3]]]", "A design is a list of versions"),
    ],
)
def test_an_unbalanced_design_is_a_fault(versions, sentence):
    text = BASE + f"best_worst_designs:\n  odd: {{options: 4, versions: {versions}}}\n"
    assert any(
        fault.place == "best_worst_designs.odd.versions" and sentence in fault.sentence for fault in faults_of(text)
    )


def test_a_design_for_another_number_of_options_is_a_fault():
    item = "type: best_worst, design: bw16_5x4x4, options_ref: services12, best_label_zh: 先, worst_label_zh: 后"
    found = faults_of(BASE + ITEM.format(item))
    assert [fault.sentence for fault in found] == ["The design 'bw16_5x4x4' is not made for 12 options."]


@pytest.mark.parametrize("name", corpus_names())
def test_json_documents_say_the_same_as_yaml(name):
    yaml_text = (CORPUS / f"{name}.yaml").read_text("utf-8")
    assert read_json(json.dumps(TREES[name]), name, shared()) == read_yaml(yaml_text, name, shared())


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('{"id": 1', "This is not JSON"),
        ('{"id": "a", "id": "b"}', "given twice"),
        ('{"minutes": NaN}', "is not a number"),
        ("[" * 100_000, "nested too deep"),
        ('{"minutes": ' + "9" * 10_000 + "}", "number too long"),
        ("[]", "A mapping of properties"),
        (b"\xff\xfe", "not UTF-8"),
        ('"' + "x" * 300_001 + '"', "longer than"),
    ],
)
def test_json_that_cannot_be_read_is_a_fault(text, sentence):
    assert sentence in faults_of(text, read_json)[0].sentence


@pytest.mark.parametrize(
    "text", ["", "- a", "just words", "? [a]\n: b", "a: 1\n\tb: 2", "[" * 5000, "\x00", "a: &a [*a]"]
)
def test_yaml_of_any_kind_is_a_fault(text):
    assert faults_of(text)


@given(st.data())
@settings(max_examples=150)
def test_a_document_with_anything_replaced_is_read_or_refused_with_sentences(data):
    tree = json.loads(json.dumps(TREES[data.draw(st.sampled_from(corpus_names()))]))
    spot, keys = tree, []
    while isinstance(spot, dict | list) and spot and (not keys or data.draw(st.booleans())):
        keys.append(data.draw(st.sampled_from(sorted(spot) if isinstance(spot, dict) else range(len(spot)))))
        parent, spot = spot, spot[keys[-1]]
    parent[keys[-1]] = data.draw(
        st.one_of(
            st.none(),
            st.booleans(),
            st.integers(),
            st.floats(),
            st.text(st.characters(exclude_categories=()), max_size=9),
            st.just([]),
            st.just({}),
            st.just([[]]),
        )
    )
    text = json.dumps(tree)
    try:
        questionnaire = read_json(text, "mutated", shared())
    except DocumentFaults as refusal:
        assert all(fault.sentence.endswith((".", "?")) for fault in refusal.faults)  # noqa: PT017 - both ends are right
    else:
        assert from_document(frozen_document(questionnaire)) == questionnaire


def test_a_shared_library_with_a_fault_names_it():
    with pytest.raises(DocumentFaults) as refusal:
        read_shared_yaml("scales:\n  odd: {points: 3, options: [{id: a, value: 1, zh: 甲}]}\n", "mine.yaml")
    assert str(refusal.value) == (
        "scales.odd.options (line 2): A scale of 3 points has one option for each value from 1 to 3."
    )


def run_check(*files):
    command = [sys.executable, "-m", "questionnaires", "check", *map(str, files)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_says_one_line_for_each_sound_file():
    files = sorted(FOLDER.glob("*.yaml"))
    done = run_check(*files)
    assert done.returncode == 0, done.stdout
    assert len(done.stdout.splitlines()) == len(files) == 12
    assert all(": sound, " in line for line in done.stdout.splitlines())


def test_the_command_prints_faults_and_ends_with_1(tmp_path):
    faulty, broken = tmp_path / "faulty.yaml", tmp_path / "broken.json"
    faulty.write_text(BASE + ITEM.format("type: text"), "utf-8")
    broken.write_bytes(b"\xff")
    done = run_check(faulty, broken, tmp_path / "none.yaml", FOLDER / "desk_micro.yaml")
    assert done.returncode == 1
    assert f"{faulty}: items.q9.max_length (line 13): " in done.stdout
    assert f"{broken}: document: This is not UTF-8 text." in done.stdout
    assert "none.yaml: cannot be read" in done.stdout
    assert "desk_micro.yaml: sound" in done.stdout
    assert done.stderr == ""


def test_the_command_used_wrongly_says_how_to_use_it():
    done = subprocess.run([sys.executable, "-m", "questionnaires"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: python -m questionnaires check FILE...\n")


def test_english_may_be_absent_and_then_chinese_shows():
    item = read_yaml(BASE, "base", shared()).item("q1")
    assert item.text.in_language("en") == "好吗？"
    assert load("desk_micro").item("h02").text.in_language("en") == "Was it done?"
