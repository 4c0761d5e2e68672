"""Needs of one released poll beside the services of another: released figures in, a verdict only where they allow one."""

from dataclasses import replace
from datetime import date

from analysis.disclosure.released import ItemFigure, PollFacts, Released, ReleasedItem
from analysis.disclosure.released_breakdowns import MatchFigure, NeedFigure, Reading
from analysis.disclosure.wave_match import need_service_of
from analysis.frame import Text


def released(poll: str) -> Released:
    day = date(2026, 11, 9)
    facts = PollFacts(poll, poll, Text(poll, poll), "2026", day, day, "slip", "F", "ab" * 32)
    return Released(facts, "1", (), (), (), (), (), (), (), ())


def need(name: str, value: int, low: int, high: int) -> NeedFigure:
    return NeedFigure("ALL", name, Text(name, name), wanted=Reading(value, low, high, 300))


ASKS = replace(
    released("needs"),
    needs=(need("social_culture", 2, 1, 3), need("workload", 40, 35, 45), need("fair_treatment", 30, 26, 35)),
)


def serves(**scores: tuple[int, int, int]) -> Released:
    items = tuple(
        ReleasedItem(
            f"b31.{name}", "b31", "s", Text("服务", "Service"), Text(name, name), None, "matrix", "score",
            feeds=("service_satisfaction",),
        )
        for name in scores
    )  # fmt: skip
    figures = tuple(ItemFigure("ALL", f"b31.{name}", 80, *score) for name, score in scores.items())
    return replace(released("home"), items=items, item_figures=figures)


def verdicts(*polls: Released) -> dict[tuple[str, str | None], str]:
    return {(each.need, each.service): each.verdict for each in need_service_of(polls)}


def test_needs_and_services_of_two_polls_meet() -> None:
    found = verdicts(ASKS, serves(rights_help=(50, 45, 55), culture_sport=(90, 88, 92)))
    assert found == {
        ("social_culture", "culture_sport"): "review_cost",
        ("workload", None): "no_service",
        ("fair_treatment", "rights_help"): "act_now",
    }


def test_an_interval_that_holds_the_average_decides_nothing() -> None:
    found = verdicts(ASKS, serves(rights_help=(69, 60, 78), culture_sport=(71, 60, 80)))
    assert found["fair_treatment", "rights_help"] == "not_distinguishable"
    assert found["social_culture", "culture_sport"] == "not_distinguishable"


def test_figures_are_handed_on_as_they_were_released() -> None:
    match = next(
        each for each in need_service_of((ASKS, serves(rights_help=(50, 45, 55)))) if each.service == "rights_help"
    )
    assert (match.wanted, match.satisfaction) == (Reading(30, 26, 35, 300), Reading(50, 45, 55, 80))


def test_what_a_poll_released_itself_goes_first_and_half_a_wave_has_none() -> None:
    own = MatchFigure("a", Text("a", "a"), None, None, Reading(), Reading(), "watch")
    assert need_service_of((ASKS, replace(serves(rights_help=(50, 45, 55)), need_service=(own,)))) == (own,)
    assert need_service_of((ASKS,)) == ()
    assert need_service_of((serves(rights_help=(50, 45, 55)),)) == ()
