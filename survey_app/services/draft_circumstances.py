"""What a draft's checks must know from outside: how small the smallest unit is, and what was asked before."""

from questionnaires.design_checks import Circumstances
from questionnaires.questionnaire import Questionnaire
from survey_app.services import designing, registering
from survey_app.services.draft_checks import SMALLEST_UNIT
from survey_app.services.drafting import DraftState
from survey_app.services.errors import NoSuchPoll, UnitTooSmall
from survey_app.services.merging import RETIRED
from survey_app.store.engines import Stores


def circumstances(stores: Stores, state: DraftState) -> Circumstances:
    """For the units as they would be merged by default, and the last poll of the same questionnaire."""
    return Circumstances(_smallest_unit(stores), _asked_before(stores, state))


def _smallest_unit(stores: Stores) -> int | None:
    """Members of the smallest unit in service; None before any unit is known."""
    if not registering.branches(stores):
        return None
    try:
        units = designing.reporting_units(stores)
    except UnitTooSmall:  # some branch stands alone and too small: at publishing it must be merged
        return SMALLEST_UNIT
    return min((unit.n_eligible for unit in units if unit.unit_type != RETIRED), default=None)


def _asked_before(stores: Stores, state: DraftState) -> Questionnaire | None:
    """The poll the draft was copied from, else the latest that asked a questionnaire of this id."""
    kind, _, poll_id = state.summary.origin.partition(":")
    if kind != "poll":
        asked = (poll for poll in designing.polls(stores) if poll.questionnaire_id == state.document.get("id"))
        poll_id = next((poll.poll_id for poll in asked), "")
    try:
        return designing.frozen_poll(stores.ballot_box, poll_id).questionnaire if poll_id else None
    except NoSuchPoll:
        return None
