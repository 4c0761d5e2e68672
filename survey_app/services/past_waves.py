"""What is known of the wave before: how large a share of each unit answered in the whole of it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from survey_app.services.counting import STEP
from survey_app.store.engines import Stores
from survey_app.store.registry import Poll, Version


def response_percents(stores: Stores, poll_id: str) -> dict[str, int]:
    """Per unit id, the whole per cent that answered the latest earlier poll with the same questionnaire.

    Only sealed polls count. A unit made of other branches than then is not comparable and is left out.
    """
    with Session(stores.registry.execution_options(reads_only=True)) as session:
        poll = session.get(Poll, poll_id)
        if poll is None:
            return {}
        earlier = session.scalar(
            select(Poll)
            .join(Version)
            .where(
                Version.questionnaire_id == poll.version.questionnaire_id,
                Poll.last_day < poll.first_day,
                Poll.state.in_(("sealed", "released")),
            )
            .order_by(Poll.last_day.desc())
            .limit(1)
        )
        if earlier is None:
            return {}
        now = {unit.unit_id: frozenset(branch.branch_id for branch in unit.branches) for unit in poll.units}
        return {
            unit.unit_id: round(100 * unit.n_responding / unit.n_eligible)
            for unit in earlier.units
            if unit.n_responding is not None
            and not 0 < unit.n_responding < STEP  # one to four people are not spoken of
            and now.get(unit.unit_id) == frozenset(branch.branch_id for branch in unit.branches)
        }
