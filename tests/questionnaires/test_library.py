"""The library against a copy of the specification: every property, text and option, word for word."""

from pathlib import Path

import pytest
import yaml

from questionnaires.items import MatrixItem
from questionnaires.library import IDS, library, load, shared
from questionnaires.questionnaire import texts_in
from questionnaires.scoring import scoring

SPECIFICATION = yaml.safe_load((Path(__file__).parent / "data" / "instruments.yaml").read_text("utf-8"))
WRITTEN = {one["id"]: one for one in SPECIFICATION["questionnaires"]}
LISTS = SPECIFICATION["option_lists"]
PNTS = ("pnts", "不愿说明", "Rather not say", None, False)


def words(text):
    return None if text is None else (text.zh, text.en)


def written_words(written, prefix=""):
    zh, en = written.get(f"{prefix}zh"), written.get(f"{prefix}en")
    return None if zh is None else (zh, en)


def choices_of(item):
    return [(c.id, c.text.zh, c.text.en, c.value, c.exclusive) for c in item.choices]


def written_choices(written, items):
    """The complete list of choices by the specification's reading rules."""
    listed = list(written.get("options", LISTS.get(written.get("options_ref"), [])))
    if "scale" in written:
        scale = SPECIFICATION["scales"][written["scale"]]
        listed = scale["options"] + [scale["na"]] * written["na"]
    if "options_from" in written:
        source = items[written["options_from"]]
        listed = [one for one in LISTS[source["options_ref"]] + source["extra_options"] if not one.get("exclusive")]
    listed = listed + written.get("extra_options", [])
    found = [(o["id"], o["zh"], o["en"], o.get("value"), o.get("exclusive", False)) for o in listed]
    has_way_out = any(one["id"] in {"na", "dk", "pnts"} for one in listed)
    if written.get("required") and found and not has_way_out:
        exclusive = written["type"] in {"multi", "rank_top"}
        found.append((*PNTS[:4], exclusive))
    return found


def items_written(questionnaire_id):
    written = WRITTEN[questionnaire_id]
    closing = SPECIFICATION["blocks"][written["closing_block"]]["items"] if "closing_block" in written else []
    return {one["id"]: one for one in [*written["items"], *closing]}


ALL_ITEMS = [(name, item) for name in WRITTEN for item in items_written(name)]


def test_the_library_holds_the_ten_instruments():
    assert set(library()) == set(WRITTEN) == set(IDS)
    assert len(IDS) == 10


@pytest.mark.parametrize("name", IDS)
def test_each_instrument_asks_the_items_of_the_specification_in_order(name):
    assert [item.id for item in load(name).items] == list(items_written(name))


@pytest.mark.parametrize("name", IDS)
def test_each_instrument_says_of_itself_what_the_specification_says(name):
    written, found = dict(WRITTEN[name]), load(name)
    for prefix in ("title", "purpose", "intro", "thanks"):
        assert words(getattr(found, prefix)) == written_words(written, f"{prefix}_")
        del written[f"{prefix}_zh"], written[f"{prefix}_en"]
    who = written.pop("who")
    assert {key: list(v) if isinstance(v := getattr(found.who, key), tuple) else v for key in who} == who
    del written["items"]
    block = written.pop("closing_block", None)
    assert bool(found.personal_items) is (block == "about_you")
    for key in ("placeholders", "results_visible_to"):
        assert list(getattr(found, key)) == written.pop(key, [])
    assert {key: getattr(found, key) for key in written} == written


@pytest.mark.parametrize(("name", "item_id"), ALL_ITEMS)
def test_every_text_and_option_of_an_item_is_the_specifications(name, item_id):
    written, item = items_written(name)[item_id], load(name).item(item_id)
    assert words(item.text) == written_words(written)
    assert words(item.help) == written_words(written, "help_")
    assert choices_of(item) == written_choices(written, items_written(name))


@pytest.mark.parametrize(("name", "item_id"), ALL_ITEMS)
def test_every_other_property_of_an_item_is_kept(name, item_id):
    written, item = dict(items_written(name)[item_id]), load(name).item(item_id)
    for known in ("zh", "en", "help_zh", "help_en", "options", "options_ref", "extra_options", "na"):
        written.pop(known, None)
    assert item.kind == written.pop("type")
    assert list(item.feeds) == written.pop("feeds", [])
    assert list(item.themes) == written.pop("themes", [])
    if "scale" in written:
        assert item.scale.id == written.pop("scale")
    if "show_if" in written:
        assert as_written(item.show_if) == written.pop("show_if")
    if "design" in written:
        assert nested_lists(item.design) == SPECIFICATION["best_worst_designs"][written.pop("design")]["versions"]
        assert words(item.best_label) == (written.pop("best_label_zh"), written.pop("best_label_en"))
        assert words(item.worst_label) == (written.pop("worst_label_zh"), written.pop("worst_label_en"))
        form = written.pop("short_form")
        assert words(item.short_form.text) == written_words(form)
        assert item.short_form.max_select == form["max_select"]
    if "rows_ref" in written:
        assert [(r.id, r.text.zh, r.text.en) for r in item.rows] == [
            (o["id"], o["zh"], o["en"]) for o in LISTS[written.pop("rows_ref")]
        ]
    assert {key: getattr(item, key) for key in written} == written


def nested_lists(value):
    return [nested_lists(part) for part in value] if isinstance(value, tuple) else value


def as_written(condition):
    """A condition in the form of the specification."""
    match type(condition).__name__:
        case "ItemCondition":
            key, ids = ("in", condition.in_) if condition.in_ else ("not_in", condition.not_in)
            return {"item": condition.item, key: list(ids)}
        case "FactCondition":
            return {"ctx": condition.fact, "gte": condition.gte}
    return {"all": [as_written(part) for part in condition.conditions]}


def test_the_closing_block_keeps_its_words_and_its_condition():
    block, section = SPECIFICATION["blocks"]["about_you"], load("staff_home_annual").sections[-1]
    assert section.id == "about_you"
    assert words(section.hint) == written_words(block, "intro_")
    assert as_written(section.show_if) == block["show_if"]


def test_rows_of_the_carried_matrix_are_the_services():
    item = load("staff_home_annual").item("b31")
    assert isinstance(item, MatrixItem)
    assert [row.id for row in item.rows] == [one["id"] for one in LISTS["services12"]]


@pytest.mark.parametrize("name", IDS)
def test_every_measure_an_instrument_feeds_is_the_specifications(name):
    for measure in load(name).measures:
        written = SPECIFICATION["measures"][measure.id]
        assert (*words(measure.text), measure.family) == (written["zh"], written["en"], written["family"])


def test_all_measures_and_scales_are_there():
    assert set(shared().measures) == set(SPECIFICATION["measures"])
    assert {name: scale.points for name, scale in shared().scales.items()} == {
        name: scale["points"] for name, scale in SPECIFICATION["scales"].items()
    }


@pytest.mark.parametrize("name", IDS)
def test_sections_are_short_and_every_text_speaks_both_languages(name):
    questionnaire = load(name)
    longest = 10 if questionnaire.per_person_page else 8  # one page for each officer
    assert all(len(section.items) <= longest for section in questionnaire.sections)
    assert [text.zh for text in texts_in(questionnaire) if text.en is None] == []


@pytest.mark.parametrize("name", ["staff_home_annual", "needs_annual", "congress_openness"])
def test_the_long_instruments_have_short_labels_in_both_languages(name):
    questionnaire = load(name)
    for item in questionnaire.items:
        if item.id not in questionnaire.personal_items:
            assert item.short is not None
            assert len(item.short.zh) <= 14
            assert item.short.en


def test_scoring_is_the_specifications_and_names_items_that_exist():
    written, found = SPECIFICATION["scoring"], scoring()
    assert {one.id: [list(one.items), one.weight] for one in found.criteria} == {
        name: [one["items"], one["weight"]] for name, one in written["criteria"].items() if name != "min_items"
    }
    assert [one.id for one in found.rights] == [name for name in written["rights"] if name != "min_items"]
    assert sum(one.weight for one in found.criteria) == pytest.approx(1)
    named = [item for one in (*found.criteria, *found.rights) for item in one.items]
    named += [item for one in found.three_questions for part in one.components for item in part.items]
    named += [found.official_rate.item, *found.officer.conduct, *found.officer.effect, found.officer.grade]
    for name in named:
        questionnaire, _, item = name.partition(".")
        assert item in load(questionnaire)


def test_scoring_keeps_weights_credits_bands_and_minimums():
    written, found = SPECIFICATION["scoring"], scoring()
    for one in found.three_questions:
        spec = written["three_questions"][one.id]
        assert (one.weight, one.shrink_to_university) == (spec["weight"], spec.get("shrink_to_university"))
        assert [(c.id, c.kind, list(c.items), dict(c.credit), c.weight) for c in one.components] == [
            (c["id"], c["kind"], c["items"], c.get("credit", {}), c["weight"]) for c in spec["components"]
        ]
    for name in ("minimum", "composite", "bands", "flags"):
        assert unfrozen(getattr(found, name)) == written[name]
    assert (list(found.official_rate.satisfied), list(found.official_rate.of)) == (["o3", "o2"], ["o3", "o2", "o1"])
    assert found.officer.minimum_share_of_members == written["officer"]["minimum_share_of_members"]


def unfrozen(mapping):
    return {k: unfrozen(v) if hasattr(v, "items") else v for k, v in mapping.items()}
