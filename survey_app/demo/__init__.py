"""The demo university: invented people who answer through the real services.

A layer above the services: `commands` calls it, it calls `services` and `questionnaires`, and no door knows of it.
Everything is drawn from fixed seeds, so the same file and the same day make the same sealed boxes.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from survey_app.demo.note import Demo, demo_already_here, sign_ins
from survey_app.demo.university import DEMO_UNIVERSITY, DemoRefused, FaultyUniversity

if TYPE_CHECKING:
    from survey_app.services.designing import TicketMeans
    from survey_app.store.engines import Stores

__all__ = ["Demo", "DemoRefused", "FaultyUniversity", "make_demo", "sign_ins"]


def make_demo(
    stores: "Stores",
    instance: Path,
    csv_path: Path | None,
    today: date,
    *,
    progress: bool = False,
    tickets: "TicketMeans | None" = None,
) -> Demo:
    """The demo university of a table (the demo's own if None) in this instance, as of `today`.

    `tickets`: with them members can sign in by a printed code, collect and answer one poll by ticket; None leaves that out.
    On an instance that holds the demo already nothing changes. A making that was interrupted is resumed, with the day
    on which it began. Raises DemoRefused with a sentence for a faulty table or an instance that holds other data.
    """
    here = demo_already_here(instance, csv_path or DEMO_UNIVERSITY)
    if here is not None:
        return here
    from survey_app.demo.making import fill  # numpy and all services: a second start does not wait for them

    return fill(stores, instance, csv_path, today, progress=progress, tickets=tickets)
