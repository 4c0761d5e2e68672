"""Needs beside services across the released polls of a wave, where one poll asks for needs and another for services.

Nothing but released figures goes in, with their intervals as they were rounded outward: a verdict here is never bolder
than the one the answers themselves would give, and whoever holds the published files can work it out again.
"""

from collections.abc import Iterable, Iterator, Sequence

from analysis.disclosure.released import EVERYBODY, Released, ReleasedItem
from analysis.disclosure.released_breakdowns import MatchFigure, Reading
from analysis.disclosure.rounding import reading
from analysis.estimates import NOBODY, Estimate
from analysis.estimation.intervals import Interval
from analysis.needs.prevalence import Need
from analysis.needs.services import Service, need_service_match

NOT_TOLD = Interval.undefined("not in the release")


def need_service_of(polls: Iterable[Released]) -> tuple[MatchFigure, ...]:
    """The match of the wave: what a poll released itself, else the needs of one poll beside the services of another.

    Empty where no poll asked for one of the two. Verdicts as analysis.needs.services.need_service_match gives them.
    """
    polls = tuple(polls)
    for released in polls:
        if released.need_service:
            return released.need_service
    needs = [each for released in polls for each in _needs(released)]
    services = [each for released in polls for each in _services(released)]
    return match_figures(needs, services)


def match_figures(needs: Sequence[Need], services: Sequence[Service]) -> tuple[MatchFigure, ...]:
    """Needs beside services as a release tells them; empty where there is no service."""
    if not services:
        return ()
    names = {each.id: each.text for each in services} | {each.id: each.text for each in needs}
    return tuple(
        MatchFigure(
            each.need,
            names[each.need],
            each.service,
            names.get(each.service or ""),
            reading(each.wanted),
            reading(each.satisfaction),
            each.verdict,
        )
        for each in need_service_match(needs, services).rows
    )


def _needs(released: Released) -> Iterator[Need]:
    for each in released.needs:
        if each.row == EVERYBODY:
            yield Need(each.need, each.name, NOBODY, NOBODY, NOBODY, _estimate(each.wanted), NOBODY, NOBODY)


def _services(released: Released) -> Iterator[Service]:
    for item in released.items:
        if item.measure == "score" and "service_satisfaction" in item.feeds and item.kind == "matrix":
            figure = released.item_figure(EVERYBODY, item.column)
            rated = Reading(figure.mean, figure.mean_low, figure.mean_high, figure.base)
            yield Service(_service(item), item.label, NOBODY, _estimate(rated), NOBODY)


def _service(item: ReleasedItem) -> str:
    """The service a row of the matrix is about."""
    return item.column.rpartition(".")[2]


def _estimate(told: Reading) -> Estimate:
    if told.value is None:
        return Estimate(told.base or 0, None, NOT_TOLD)
    known = told.low is not None and told.high is not None
    interval = Interval(told.low, told.high) if known else NOT_TOLD
    return Estimate(told.base or 0, float(told.value), interval)
