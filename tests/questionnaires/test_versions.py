"""Frozen versions, and what an officer settles at publishing."""

import re

import orjson
import pytest
from hypothesis import given

from questionnaires.answers import check_answers, encoded, path
from questionnaires.items import RankItem
from questionnaires.library import IDS, load
from questionnaires.questionnaire import texts_in
from questionnaires.skip_logic import All, FactCondition, ItemCondition
from questionnaires.versions import (
    BadDocument,
    Person,
    Unpublishable,
    fingerprint,
    from_document,
    frozen_document,
    publish_variant,
)
from tests.questionnaires.strategies import corpus, corpus_names, questionnaires

FACTS = {"branch_members": 40, "unit": "B07"}
LI, WANG = (
    Person("B07", "li", {"officer_name": "李平", "officer_post": "主席"}),
    Person("B08", "wang", {"officer_name": "王安", "officer_post": "副主席"}),
)


@pytest.mark.parametrize("questionnaire", [*map(load, IDS), *map(corpus, corpus_names())], ids=lambda one: one.id)
def test_a_frozen_questionnaire_comes_back_the_same(questionnaire):
    document = frozen_document(questionnaire)
    assert from_document(document) == questionnaire
    assert frozen_document(from_document(document)) == document


@given(questionnaires())
def test_any_frozen_questionnaire_comes_back_the_same(questionnaire):
    assert from_document(frozen_document(questionnaire)) == questionnaire


def test_frozen_documents_are_canonical_json():
    document = frozen_document(load("desk_micro"))
    assert orjson.dumps(orjson.loads(document), option=orjson.OPT_SORT_KEYS) == document


def test_a_fingerprint_is_eight_groups_of_crockford_and_changes_with_the_document():
    one, other = fingerprint(b"one"), fingerprint(b"two")
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){7}[0-9A-HJKMNP-TV-Z]{4}", one)
    assert one != other


def test_a_fingerprint_is_the_first_20_bytes_of_sha_384():
    # SHA-384("abc") begins cb00753f45a35e8bb5a03d699ac65007272c32ab (FIPS 180-4); 5 bits a letter.
    assert fingerprint(b"abc") == "SC07-AFT5-MDF8-QDD0-7NMS-NHJG-0WKJ-RCNB"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format":"survey_app.questionnaire/2","questionnaire":{}}',
        b'{"format":1}',
        b"\xff",
        b"[" * 9999,
    ],
)
def test_other_bytes_are_no_frozen_questionnaire(data):
    with pytest.raises(BadDocument):
        from_document(data)


def test_a_frozen_document_with_an_unknown_property_is_refused():
    tree = orjson.loads(frozen_document(load("desk_micro")))
    tree["questionnaire"]["colour"] = "red"
    with pytest.raises(BadDocument):
        from_document(orjson.dumps(tree))


def reasons(questionnaire, **choices):
    with pytest.raises(Unpublishable) as refusal:
        publish_variant(questionnaire, **choices)
    return refusal.value.sentences


def test_only_the_personal_items_chosen_are_asked_and_at_most_two():
    questionnaire = load("staff_home_annual")
    variant = publish_variant(questionnaire, personal_items=("dem_category", "dem_age"))
    assert variant.personal_items == ("dem_category", "dem_age")
    assert publish_variant(questionnaire).personal_items == ()
    assert "about_you" not in {section.id for section in publish_variant(questionnaire).sections}
    three = ("dem_category", "dem_age", "dem_gender")
    assert reasons(questionnaire, personal_items=three) == ("At most two personal items may be asked in one poll.",)


def test_a_module_switched_off_leaves_its_items_out():
    questionnaire = load("staff_home_annual")
    assert questionnaire.modules == ("official_return",)
    assert "b33" not in publish_variant(questionnaire, modules_off=("official_return",))


def test_an_item_whose_reason_is_switched_off_keeps_the_poll_from_being_published():
    assert reasons(corpus("modules"), modules_off=("official_return",)) == (
        "Item 'q3' depends on 'q2', which is left out.",
    )
    publish_variant(corpus("modules"), modules_off=("official_return", "follow"))


def test_the_short_form_asks_the_same_options_as_a_ranking():
    needs = load("needs_annual")
    item = publish_variant(needs, short_forms=("a11",)).item("a11")
    assert isinstance(item, RankItem)
    assert (item.max_select, item.choices, item.feeds) == (3, needs.item("a11").choices, ("need_priority",))
    assert item.text.zh == "下列各项中，工会今年最该先办哪三项？请按先后点选。"


def test_a_template_is_published_only_with_every_placeholder_filled():
    poll = load("quick_poll")
    values = {name: f"值{place}" for place, name in enumerate(poll.placeholders)}
    variant = publish_variant(poll, placeholders=values)
    assert variant.item("p01").text.zh == "关于值0，您的选择是："
    assert not variant.template
    assert not any(text.placeholders for text in texts_in(variant))
    del values["option2_zh"]
    assert reasons(poll, placeholders=values | {"topic_en": " "}) == (
        "The placeholder 'option2_zh' is not filled in.",
        "The placeholder 'topic_en' is not filled in.",
    )


def test_a_value_is_never_read_as_a_placeholder():
    poll = corpus("placeholders")
    sentences = reasons(poll, placeholders={"topic_zh": "{{topic_en}}", "topic_en": "x"})
    assert sentences == ("The text for 'topic_zh' has double braces of its own.",)


def test_each_person_has_a_page_that_only_their_unit_sees():
    variant = publish_variant(load("officer_appraisal"), persons=(LI, WANG))
    assert [section.title.zh for section in variant.sections] == ["评议：李平", "评议：王安"]
    assert variant.item("f00_wang").text.zh == "被评议人：王安，副主席"
    assert path(variant, {"f01_li": "often"}, FACTS)[:3] == ("f00_li", "f01_li", "f02_li")
    assert all(name.endswith("_li") for name in path(variant, {}, FACTS))
    assert path(variant, {}, {"unit": "B09"}) == ()


def test_a_page_of_a_person_keeps_its_own_conditions_and_knows_its_model():
    variant = publish_variant(load("officer_appraisal"), persons=(LI, WANG))
    item = variant.item("f02_wang")
    assert (item.person, item.copy_of) == ("wang", "f02")
    assert variant.condition("f02_wang") == All(
        (FactCondition("unit", eq="B08"), ItemCondition("f01_wang", not_in=("none",)))
    )


def test_answers_on_a_person_s_page_pass_the_check():
    variant = publish_variant(corpus("per_person"), persons=(LI, WANG))
    data = encoded(variant, {"f1_li": "often", "f2_li": "g4", "f1_wang": "often"}, FACTS)
    assert data == b"[0,0,null,null]"
    check_answers(variant)(data, FACTS)


def test_pages_need_persons_with_keys_and_names_of_their_own():
    appraisal = load("officer_appraisal")
    assert reasons(appraisal) == ("Name at least one person to be judged.",)
    assert reasons(appraisal, persons=(LI, LI)) == ("The key 'li' stands for two persons.",)
    assert (
        "'officer_post' is not filled in"
        in reasons(appraisal, persons=(Person("B07", "li", {"officer_name": "李"}),))[0]
    )
    assert reasons(load("desk_micro"), persons=(LI,)) == ("This questionnaire has no page per person.",)
    odd = Person("B07", "李", LI.values)
    assert reasons(appraisal, persons=(odd,)) == ("The key of a person is made of a-z, 0-9 and underscore.",)


def test_what_a_questionnaire_does_not_have_cannot_be_chosen():
    sentences = reasons(
        load("desk_micro"),
        personal_items=("dem_age",),
        modules_off=("x",),
        short_forms=("h01", "z"),
        placeholders={"y": "1"},
    )
    assert sentences == (
        "'dem_age' is not a personal item of this questionnaire.",
        "This questionnaire has no module 'x'.",
        "'h01' has no short form.",
        "'z' has no short form.",
        "This questionnaire has no placeholder 'y'.",
    )
