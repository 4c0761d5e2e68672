"""The method cards are written from the code's own numbers: change a number and its card changes."""

from dataclasses import fields, replace

from analysis.assessment.case_figures import CaseFigures
from analysis.assessment.figures import Figure
from analysis.assessment.measures import layout
from analysis.assessment.method_cards import method_cards, written_cards
from analysis.method import every_card
from questionnaires.library import load
from tests.analysis.assessment.simulated import scheme

QUESTIONNAIRES = [load(name) for name in ("needs_annual", "opinion_channel", "service_feedback", "staff_home_annual")]


def test_every_dimension_and_component_has_its_card() -> None:
    ids = {card.id for card in method_cards(scheme())}
    plan = layout(scheme())
    assert {each.id for each in plan.dimensions} <= ids
    assert {part.id for each in plan.dimensions for part in each.parts} <= ids
    assert len(ids) == len(method_cards(scheme()))


def test_every_figure_that_stands_beside_the_scores_has_its_card() -> None:
    ids = {card.id for card in method_cards(scheme())}
    rates = {each.name for each in fields(CaseFigures) if each.type is Figure}
    assert {each.id for each in layout(scheme()).shown} <= ids
    assert rates | {"cases", "silence", "awareness", "checks", "left_out", "ledger_gap"} <= ids
    assert "unknown_rate" in rates


def test_every_other_figure_an_auditor_gets_has_its_card() -> None:
    ids = [card.id for card in every_card(scheme(), QUESTIONNAIRES)]
    beside = {"response_rate", "halves", "university", "spread", "retired", "item_share", "item_score", "published"}
    needs = {"need_shares", "best_worst", "need_worth", "leading_needs", "services", "need_service", "priorities"}
    rest = {"frequent_words", "key_words", "themes", "rank_score", "chosen_share", "learning_gap", "officer_grades"}
    assert beside | needs | rest <= set(ids)
    assert len(ids) == len(set(ids))


def test_a_card_names_answers_by_their_text_and_says_where_a_poll_is_missing() -> None:
    cards = {card.id: card for card in method_cards(scheme(), QUESTIONNAIRES)}
    assert "“经工会帮助已解决” = 1" in cards["S1"].formula.zh
    assert "satisfied" in (cards["official_rate"].formula.en or "").lower()
    alone = {card.id: card for card in method_cards(scheme(), QUESTIONNAIRES[:1])}
    assert "（没有这份问卷）" in alone["S3"].meaning.zh


def test_no_card_is_missing_a_name_in_either_language() -> None:
    for card in method_cards(scheme(), QUESTIONNAIRES):
        assert card.title.en != card.title.zh, card.id


def test_every_card_says_everything_in_both_languages() -> None:
    for card in every_card(scheme(), QUESTIONNAIRES):
        for name in ("title", "meaning", "formula", "base", "weights", "interval", "misleads"):
            text = getattr(card, name)
            assert text.zh, (card.id, name)
            assert text.en, (card.id, name)


def test_a_changed_number_of_the_method_changes_its_card_and_no_other() -> None:
    usual = scheme()
    for name, value, concerned in (
        ("error_cut", 0.0517, {"classes"}),
        ("weight_draws", 977, {"sensitivity"}),
        ("false_discovery_rate", 0.0617, {"changes", "checks"}),
        ("support_respondents", 23, {"adjusted"}),
        ("rank_draws", 3991, {"ranks"}),
        ("prior_degrees", 7.25, {"variance", "university"}),
    ):
        other = replace(usual, method=replace(usual.method, **{name: value}))
        pairs = zip(method_cards(usual), method_cards(other), strict=True)
        assert {card.id for card, before in pairs if card != before} == concerned, name


def test_a_changed_threshold_of_the_union_changes_the_card_of_the_bands() -> None:
    usual = scheme()
    bands = {**usual.scoring.bands, "advanced": {**usual.scoring.bands["advanced"], "staff_voice": 71.5}}
    other = replace(usual, scoring=replace(usual.scoring, bands=bands))
    assert "71.5" in {card.id: card for card in method_cards(other)}["bands"].formula.zh
    assert "71.5" not in written_cards(method_cards(usual), "zh")


def test_the_weights_of_the_composite_on_its_card_sum_to_a_hundred() -> None:
    composite = {card.id: card for card in method_cards(scheme())}["composite"]
    shares = [float(each.split(" %")[0]) for each in (composite.formula.en or "").split(" + ")]
    assert sum(shares) == 100
