"""What the answering page tells its script of a poll by ticket. Nothing of it is anybody's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from survey_app.ballots import manifests
from survey_app.web.assets import asset, integrity
from survey_app.web.instance import today
from survey_app.web.languages import gettext as _

if TYPE_CHECKING:
    from survey_app.services.designing import FrozenPoll


def ticket_words() -> dict[str, str]:
    """Why a ballot by ticket was not taken, by the word of the server's answer."""
    return {
        "credential_used": _("这份资格已经交过一份答卷，以先收到的为准，不会重复计算。"),
        "wave_closed": _("这项调查已经停止收卷，这一份没有交上。"),
    }


def ticket_data(poll: FrozenPoll) -> dict[str, str] | None:
    """Slot, mode, today's date (nobody answers on the day of collecting) and where the manifests lie; None without tickets.

    The day comes from here and not from the phone, whose clock may be wrong.
    """
    if poll.slot is None:
        return None
    return {
        "slot": poll.slot.slot_id,
        "mode": poll.slot.mode,
        "today": today().isoformat(),
        "manifest": f"/b/waves/{poll.poll_id}/manifest",
        "slot_manifest": f"/b/waves/{poll.slot.slot_id}/manifest",
        "fingerprint": manifests.fingerprint(poll.slot.manifest),
        "script": asset("staff/tickets.js"),
        "integrity": integrity("staff/tickets.js"),
    }
