"""The released documents that the reports of one wave are made of."""

from analysis.report.documents import WaveDocuments
from survey_app.services.assessing import released_assessment
from survey_app.services.designing import frozen_poll
from survey_app.services.errors import NoSuchPoll
from survey_app.services.reporting import released
from survey_app.store.engines import Stores


def documents_of(stores: Stores, wave: str) -> WaveDocuments:
    """The assessment of a wave and its polls, with those of the wave before; raises NoSuchWave, NoSuchPoll."""
    now = released_assessment(stores, wave)
    before = released_assessment(stores, now.wave_before) if now.wave_before else None
    return WaveDocuments(
        assessment=now,
        polls=tuple(released(stores, each.poll_id) for each in now.polls if each.wave == now.wave),
        before=before,
        polls_before=tuple(released(stores, each.poll_id) for each in before.polls if each.wave == before.wave)
        if before
        else (),
    )


def organiser_of(stores: Stores, documents: WaveDocuments) -> str | None:
    """Who asked, as the notice of the main poll says in Chinese; None once its ballots are no longer kept."""
    main = documents.main
    if main is None:
        return None
    try:
        return frozen_poll(stores.ballot_box, main.poll.id).notice.organiser.zh
    except NoSuchPoll:
        return None
