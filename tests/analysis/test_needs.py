"""Needs and services: against plain loops over ballots, and what may not be shown or is not known says so."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from analysis.disclosure.suppression import Row
from analysis.estimates import Estimate
from analysis.estimation.intervals import Interval
from analysis.frame import codebook, frames_of
from analysis.needs.prevalence import Need, leading_needs, need_worths, needs_of
from analysis.needs.services import LIBRARY_MATCH, Service, need_service_match, services_of
from analysis.tallies import tally_of
from questionnaires.best_worst_designs import balanced_design
from questionnaires.items import Text
from tests.analysis.worlds import needs as needs_questionnaire
from tests.analysis.worlds import staff_home, stored

EVERYBODY = Row("ALL", (0, 1), 300, 900)
UNKNOWN = Estimate(0, None, Interval.undefined("nobody answered"))


def figure(value, low=None, high=None):
    return Estimate(100, value, Interval(value - 3 if low is None else low, value + 3 if high is None else high))


def need(name, wanted, **bars):
    known = {bar: bars.get(bar, UNKNOWN) for bar in ("prevalence", "urgent", "hardest", "severity", "first_minus_last")}
    return Need(name, Text(name), wanted=wanted, **known)


def service(name, satisfaction):
    return Service(name, Text(name), UNKNOWN, satisfaction, UNKNOWN)


def people(seed=4, n=300):
    """Needs of invented people: a set, the most urgent of them, and the one the union should help with."""
    dice = random.Random(seed)
    had = [dice.sample(range(16), dice.choice((0, 1, 2, 3))) for _ in range(n)]
    return [(each, dice.choice(each) if each else None, dice.choice([*each, 17]) if each else None) for each in had]


def needs_tally(answers):
    questionnaire = needs_questionnaire()
    none = [choice.id for choice in questionnaire.item("a01").choices].index("none")
    no_help = [choice.id for choice in questionnaire.item("a04").choices].index("no_help")
    ballots = [
        (
            "B01" if place % 2 else "B02",
            stored(
                questionnaire,
                {
                    "a01": sum(1 << each for each in had) or 1 << none,
                    "a02": urgent,
                    "a03": urgent,
                    "a04": no_help if wanted == 17 else wanted,
                },
            ),
        )
        for place, (had, urgent, wanted) in enumerate(answers)
    ]
    book = codebook(questionnaire)
    return tally_of(book, ["B01", "B02"], frames_of(book, ["B01", "B02"], ballots))


def test_the_bars_are_those_of_plain_loops():
    answers = people()
    found = needs_of(needs_tally(answers), EVERYBODY)
    had = Counter(each for had, _, _ in answers for each in had)
    urgent = Counter(urgent for _, urgent, _ in answers if urgent is not None)
    wanted = Counter(wanted for _, _, wanted in answers if wanted is not None)
    affected = sum(urgent.values())
    for code, each in enumerate(found[:16]):
        assert each.prevalence.value == pytest.approx(had[code] / 300 * 100)
        assert each.urgent.value == pytest.approx(urgent[code] / affected * 100)
        assert each.urgent.base == each.wanted.base == affected
        assert each.wanted.value == pytest.approx(wanted[code] / affected * 100)
        assert each.severity.value == pytest.approx(urgent[code] / had[code] * 100)
        assert each.prevalence.interval.low < each.prevalence.value < each.prevalence.interval.high


def test_what_the_release_does_not_show_is_not_computed_for_the_row():
    found = needs_of(needs_tally(people()), EVERYBODY, allowed=lambda column: column.startswith("a01."))
    assert all(each.prevalence.value is not None for each in found)
    assert {each.urgent.interval.reason for each in found} == {"not shown by rule"}
    assert {each.severity.interval.reason for each in found} == {"not shown by rule"}


def test_nobody_and_a_questionnaire_without_needs_give_reasons_in_words():
    nobody = needs_of(needs_tally([]), Row("B01", (0,), 0, 30))
    assert {each.prevalence.interval.reason for each in nobody} == {"nobody answered"}
    assert leading_needs(nobody, "urgent").reason == "nobody answered"
    book = codebook(staff_home())
    empty = tally_of(book, ["B01"], [])
    assert needs_of(empty, Row("B01", (0,), 0, 30)) == ()
    assert need_worths(book, [])[1].reason == "the questionnaire did not ask this"
    assert leading_needs((), "urgent").reason == "the questionnaire did not ask this"


def test_leading_needs_say_which_places_chance_could_have_given():
    far, near = need("far", figure(40)), need("near", figure(21))
    rival, last = need("rival", figure(19)), need("last", figure(5))
    found = leading_needs([last, rival, near, far], "wanted", places=2)
    assert found.sure == (far,)
    assert found.open == (near, rival)


def test_the_worth_of_needs_puts_the_one_chosen_first_on_top():
    questionnaire, dice = needs_questionnaire(), random.Random(5)
    item = questionnaire.item("a11")
    ballots = []
    for _ in range(150):
        version = dice.randrange(len(item.design))
        answers = {"a11.design": version}
        for screen, options in enumerate(item.design[version], 1):
            ordered = sorted(options, key=lambda option: option + dice.gauss(0, 5))
            answers |= {f"a11.{screen}.best": ordered[0], f"a11.{screen}.worst": ordered[-1]}
        ballots.append(("B01", stored(questionnaire, answers)))
    ballots += [("B01", stored(questionnaire, {})), ("B01", stored(questionnaire, {}, otherwise=None))]
    book = codebook(questionnaire)
    ids, model = need_worths(book, frames_of(book, ["B01"], ballots))
    shares = dict(zip(ids, model.options, strict=True))
    assert shares[ids[0]].share > 3 * shares[ids[8]].share > 9 * shares[ids[15]].share
    assert shares[ids[0]].share_interval.low > shares[ids[8]].share_interval.high
    assert need_worths(book, [])[1].reason == "nobody answered a screen"


def test_services_are_scored_by_their_users_alone():
    questionnaire = staff_home()
    services = [choice.id for choice in questionnaire.item("b30").choices]
    users = [0, 0, 1, 4] * 5
    ballots = [
        ("B01", stored(questionnaire, {"b30": 1, f"b31.{services[0]}": code, "b32.1": 3, "b32.2": 0})) for code in users
    ]
    ballots += [("B01", stored(questionnaire, {"b30": 2, "b32.1": 5}, otherwise=None))] * 20
    book = codebook(questionnaire)
    tally = tally_of(book, ["B01"], frames_of(book, ["B01"], ballots))
    first, second, *_, last = services_of(tally, Row("B01", (0,), 40, 100))
    assert (first.reach.value, second.reach.value, last.reach.value) == (50, 50, 0)
    assert first.satisfaction.base == 20
    assert first.satisfaction.value == pytest.approx((100 + 100 + 75 + 0) / 4)
    assert first.strengthen.value == 50
    assert second.satisfaction.interval.reason == "nobody answered"


def test_a_need_meets_its_service_and_gets_a_verdict_only_beyond_chance():
    needs = [need("child_schooling", figure(30)), need("hardship", figure(28)), need("fair_treatment", figure(2))]
    needs += [need("mental_wellbeing", figure(3)), need("housing", figure(31)), need("social_culture", figure(19))]
    services = [service("child_schooling_help", figure(40)), service("hardship_aid", figure(80))]
    services += [service("rights_help", figure(85)), service("wellbeing_support", figure(30))]
    services += [service("warmth_visit", figure(60, 40, 80)), service("culture_sport", figure(61))]
    found = {(row.need, row.service): row.verdict for row in need_service_match(needs, services).rows}
    assert found["child_schooling", "child_schooling_help"] == "act_now"
    assert found["hardship", "hardship_aid"] == "keep"
    assert found["hardship", "warmth_visit"] == "not_distinguishable"
    assert found["fair_treatment", "rights_help"] == "review_cost"
    assert found["mental_wellbeing", "wellbeing_support"] == "watch"
    assert found["housing", None] == "no_service"
    assert found["social_culture", "culture_sport"] == "not_distinguishable"


def test_without_figures_the_match_says_so():
    assert need_service_match([], []).reason == "nothing is known of what is wanted"
    alone = need_service_match([need("housing", figure(31)), need("hardship", figure(1))], [])
    assert alone.reason == "nothing is known of the services"
    assert [(row.service, row.verdict) for row in alone.rows] == [
        (None, "no_service"), ("hardship_aid", "not_distinguishable"), ("warmth_visit", "not_distinguishable"),
    ]  # fmt: skip


def test_the_match_of_the_library_names_its_own_needs_and_services():
    needs = {choice.id for choice in needs_questionnaire().item("a01").choices}
    services = {choice.id for choice in staff_home().item("b30").choices}
    assert set(LIBRARY_MATCH) <= needs
    assert {each for named in LIBRARY_MATCH.values() for each in named} <= services


@pytest.mark.parametrize("options", [7, 10])
def test_screens_of_different_sizes_put_the_one_mostly_chosen_first_on_top(options):
    """Screens of three and of four: the worths fall in the order that people have in mind, whoever stood in which company."""
    whole = needs_questionnaire()
    item = whole.item("a11")
    item = replace(item, choices=item.choices[:options], design=balanced_design(options), short_form=None, show_if=None)
    questionnaire = replace(whole, sections=(replace(whole.sections[0], items=(item,), show_if=None),), placeholders=())
    dice, ballots = random.Random(5), []
    for _ in range(400):
        version = dice.randrange(len(item.design))
        answers = {"a11.design": version}
        for screen, shown in enumerate(item.design[version], 1):
            ordered = sorted(shown, key=lambda option: option + dice.gauss(0, 2))
            answers |= {f"a11.{screen}.best": ordered[0], f"a11.{screen}.worst": ordered[-1]}
        ballots.append(("B01", stored(questionnaire, answers)))
    book = codebook(questionnaire)
    ids, model = need_worths(book, frames_of(book, ["B01"], ballots))
    shares = [each.share for each in model.options]
    assert ids == tuple(choice.id for choice in item.choices)
    assert shares == sorted(shares, reverse=True)
