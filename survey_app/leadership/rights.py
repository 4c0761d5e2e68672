"""Who reads what: leadership and the university union read every unit, a branch officer the university and the own unit."""

from dataclasses import replace

from analysis.disclosure.released import EVERYBODY, Released
from analysis.disclosure.released_assessment import ReleasedAssessment
from survey_app.services import reporting
from survey_app.services.designing import ReportingUnit, frozen_poll
from survey_app.services.errors import NoSuchPoll
from survey_app.web.access import OfficerFacts
from survey_app.web.instance import stores

READERS = ("leadership", "university_officer", "administrator", "branch_officer")


def own_unit(released: Released, officer: OfficerFacts) -> str | None:
    """The unit whose results count this branch's answers: its own, one it was merged into, or the pool."""
    if officer.branch_id is None:
        return None
    unit_id = next(
        (unit.id for unit in _frozen_units(released) if officer.branch_id in unit.branches), officer.branch_id
    )
    known = {unit.id: unit for unit in released.units}
    if unit_id not in known or unit_id == EVERYBODY:
        return None
    return known[unit_id].pooled_into or unit_id


def _frozen_units(released: Released) -> tuple[ReportingUnit, ...]:
    try:
        return frozen_poll(stores().ballot_box, released.poll.id).units
    except NoSuchPoll:  # the ballots are kept for a time only, the release for ever
        return ()


def seen_by(officer: OfficerFacts, released: Released) -> Released:
    """The part of a released document that this officer may read. Pages are made of nothing else."""
    if officer.role != "branch_officer":
        return released
    return only_units(released, {EVERYBODY, own_unit(released, officer) or EVERYBODY})


def seen_of_year(officer: OfficerFacts, document: ReleasedAssessment) -> ReleasedAssessment:
    """The part of a year's assessment that this officer may read: the university, and the own unit of a branch officer."""
    if officer.role != "branch_officer":
        return document
    own = {unit for unit in (_own_in(poll.poll_id, officer) for poll in document.polls) if unit}
    return replace(document, units=tuple(unit for unit in document.units if unit.unit in own))


def _own_in(poll_id: str, officer: OfficerFacts) -> str | None:
    try:
        return own_unit(reporting.released(stores(), poll_id), officer)
    except NoSuchPoll:
        return None


def only_units(released: Released, kept: set[str]) -> Released:
    others = {unit.id for unit in released.units} - kept
    return replace(
        released,
        row_distributions=tuple(each for each in released.row_distributions if each.row not in others),
        needs=tuple(each for each in released.needs if each.row not in others),
        words=tuple(each for each in released.words if each.row not in others),
        units=tuple(unit for unit in released.units if unit.id in kept),
        item_figures=tuple(figure for figure in released.item_figures if figure.unit in kept),
        criterion_figures=tuple(figure for figure in released.criterion_figures if figure.unit in kept),
        comment_counts=tuple(count for count in released.comment_counts if count.unit in kept),
    )
