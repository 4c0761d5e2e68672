"""The published files hold every figure of a release; the ledger keeps two releases from being subtracted."""

import json
from dataclasses import fields, replace

import pytest

from analysis.disclosure.crossings import counted
from analysis.disclosure.gate import release as release_of
from analysis.disclosure.ledger import held_against
from analysis.disclosure.plan import PublicationPlan
from analysis.disclosure.planning import publication_plan
from analysis.disclosure.published import published_files
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import codebook, frames_of
from analysis.scoring import NO_SCORING, scoring_for
from questionnaires.scoring import scoring
from tests.analysis.disclosure.test_hostile_statistician import World
from tests.analysis.worlds import facts, needs, random_ballots, staff_home, unit, usual_world

NUMBERS = ("n", "pct", "mean", "value")


def told(files, name):
    """Every (place, number) of one file."""
    document = json.loads(files[name])
    entries = (*document["cells"], *document["means"], *document["figures"])
    return {(json.dumps(each["at"], sort_keys=True), each[key]) for each in entries for key in NUMBERS if key in each}


@pytest.fixture(scope="module", params=["home", "needs", "random"])
def release(request):
    if request.param == "random":
        return World(5, 7, 400).released
    return usual_world(staff_home() if request.param == "home" else needs())


def place(release, row, **more):
    group = next((each for each in release.groups if each.id == row), None)
    at = {} if row == "ALL" else {"unit": row}
    if group:
        at = {group.attribute: group.choices[0] if len(group.choices) == 1 else "POOL"}
    return json.dumps(at | more, sort_keys=True)


def test_every_figure_of_a_column_stands_in_its_file(release):
    files = published_files(release)
    retired = {each.id for each in release.units if each.unit_type == "retired"}
    for figure in (*release.item_figures, *release.group_figures):
        apart = figure.unit in retired
        numbers = told(files, f"{figure.column}.{figure.unit}.json" if apart else f"{figure.column}.json")
        here = json.loads("{}" if apart else place(release, figure.unit))
        found = {n for at, n in numbers if {k: v for k, v in json.loads(at).items() if k != "answer"} == here}
        for field in fields(figure):
            value = getattr(figure, field.name)
            if isinstance(value, int) and not isinstance(value, bool):
                assert value in found, (figure.unit, figure.column, field.name)


def test_every_entry_of_a_distribution_stands_in_its_file(release):
    files = published_files(release)
    retired = {each.id for each in release.units if each.unit_type == "retired"}
    for spread in release.row_distributions:
        if spread.row in retired:
            continue
        numbers = told(files, f"{spread.column}.json")
        for entry in spread.entries:
            code = entry.choices[0] if len(entry.choices) == 1 else "+".join(entry.choices)
            assert (place(release, spread.row, answer=code), entry.n) in numbers


def test_the_numbers_of_respondents_stand_in_a_file_of_their_own(release):
    figures = json.loads(published_files(release)["respondents.json"])["figures"]
    found = {(each["at"].get("row", "ALL"), each["value"]) for each in figures if each["id"] == "n_responding"}
    rows = (*release.units, *release.groups)
    assert found == {(each.id, each.n_responding) for each in rows if each.n_responding is not None}


def test_every_figure_was_planned_before_anybody_answered(release):
    if not release.criteria_list:
        return
    rules = scoring_for(staff_home(), scoring())
    plan = publication_plan(staff_home(), [unit(each.id, 20) for each in release.units], rules)
    assert PublicationPlan.from_json(plan.to_json()) == plan
    levels = {each.column: each.levels for each in plan.columns}
    assert {each.column for each in release.item_figures if each.unit != "ALL"} <= {
        column for column, allowed in levels.items() if "units" in allowed
    }
    assert {each.column for each in release.group_figures} <= {
        column for column, allowed in levels.items() if "groups" in allowed
    }


def test_a_release_breaks_down_by_the_planned_attributes_from_the_planned_number_on():
    asked, units = staff_home(), [unit("B01", 300), unit("B02", 300)]
    ballots, book = random_ballots(asked, {"B01": 150, "B02": 90}), codebook(asked)
    usual = publication_plan(asked, units, NO_SCORING)
    first, second = usual.attributes

    def groups(*attributes):
        plan = replace(usual, attributes=attributes)
        counts = counted(book, ["B01", "B02"], frames_of(book, ["B01", "B02"], ballots), (), tuple(plan.least))
        found = release_of(counts, facts(asked), units, NO_SCORING, planned=plan)
        return {group.attribute for group in found.groups}, {group.attribute for group in found.groups if group.shown}

    assert groups(first, second) == ({first.item, second.item}, {first.item, second.item})
    assert groups(first) == ({first.item}, {first.item})
    assert groups(first, replace(second, least=241)) == ({first.item, second.item}, {first.item})


def test_the_same_ballots_are_not_released_twice_in_another_shape():
    first = usual_world(staff_home())
    assert held_against(first, [first]) is first
    with pytest.raises(UnsafeRelease) as refusal:
        held_against(replace(first, item_figures=first.item_figures[1:]), [first])
    assert refusal.value.sentences[0].zh
    assert refusal.value.sentences[0].en


def test_a_second_release_needs_five_new_answers_in_every_row():
    first = usual_world(staff_home())
    poll = replace(first.poll, box_sha256="1")
    grown = replace(first.units[1], n_responding=first.units[1].n_responding + 2)
    with pytest.raises(UnsafeRelease):
        held_against(replace(first, poll=poll, units=(first.units[0], grown, *first.units[2:])), [first])
    assert held_against(replace(first, poll=replace(poll, id="other")), [first])
