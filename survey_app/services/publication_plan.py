"""The publication plan of a poll: what will be published of it and what never, as it was frozen with the poll."""

from functools import lru_cache
from typing import TYPE_CHECKING

from survey_app.services.poll_facts import FrozenPoll, planned

if TYPE_CHECKING:
    from analysis.disclosure.plan import PublicationPlan

__all__ = ["plan_of", "planned"]


def plan_of(poll: FrozenPoll) -> "PublicationPlan":
    """The plan frozen with a poll; of a poll from before plans were kept, and of a draft on trial, the one that follows."""
    if poll.plan is not None:
        return _read(poll.plan)
    from analysis.disclosure.planning import plan_by  # brings scipy, which answering never needs
    from analysis.frame import library_scoring

    return plan_by(poll.questionnaire, poll.units, library_scoring())


@lru_cache(maxsize=16)  # what was frozen never changes
def _read(data: bytes) -> "PublicationPlan":
    from analysis.disclosure.plan import PublicationPlan

    return PublicationPlan.from_json(data)
