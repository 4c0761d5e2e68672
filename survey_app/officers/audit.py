"""The record of what officers did. It can be read here and changed nowhere."""

from zoneinfo import ZoneInfo

from flask import render_template, request

from survey_app.officers.door import UNIVERSITY, blueprint
from survey_app.services import auditing
from survey_app.web.access import audience
from survey_app.web.instance import settings, stores

PAGE = 50


@blueprint.get("/audit")
@audience(*UNIVERSITY)
def audit() -> str:
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < 2**62:
        before = None
    entries = auditing.entries(stores(), limit=PAGE + 1, before=before)
    older = entries[PAGE - 1].id if len(entries) > PAGE else None
    zone = ZoneInfo(settings().timezone)
    shown = [(entry, entry.at.astimezone(zone)) for entry in entries[:PAGE]]
    return render_template("officers/audit.html", entries=shown, older=older, first=before is None)
