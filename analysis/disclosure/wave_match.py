"""Needs beside services across the released polls of a wave, where one poll asks for needs and another for services.

Nothing but released figures goes in, with their intervals as they were rounded outward: a verdict here is never bolder
than the one the answers themselves would give, and whoever holds the published files can work it out again.
"""

from collections.abc import Iterable, Iterator

from analysis.disclosure.released import EVERYBODY, Released, ReleasedItem
from analysis.disclosure.released_breakdowns import MatchFigure, Reading
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
    if not needs or not services:
        return ()
    names = {each.id: each.text for each in services} | {each.id: each.text for each in needs}
    return tuple(
        MatchFigure(
            each.need,
            names[each.need],
            each.service,
            names.get(each.service or ""),
            _reading(each.wanted),
            _reading(each.satisfaction),
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


def _estimate(reading: Reading) -> Estimate:
    if reading.value is None:
        return Estimate(reading.base or 0, None, NOT_TOLD)
    known = reading.low is not None and reading.high is not None
    interval = Interval(reading.low, reading.high) if known else NOT_TOLD
    return Estimate(reading.base or 0, float(reading.value), interval)


def _reading(estimate: Estimate) -> Reading:
    """Back to the whole points it came from."""
    if estimate.value is None:
        return Reading()
    low, high = estimate.interval.low, estimate.interval.high
    return Reading(
        round(estimate.value), None if low is None else round(low), None if high is None else round(high), estimate.base
    )
