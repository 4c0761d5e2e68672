"""The record of what officers did. It can be read here and changed nowhere."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask import render_template, request

from survey_app.officers.door import UNIVERSITY, blueprint, say
from survey_app.services import assessment_waves, auditing, designing
from survey_app.services.auditing import AuditFact
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.web.access import audience
from survey_app.web.formats import number
from survey_app.web.instance import settings, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import ngettext

PAGE = 50
ABOUT_A_WAVE = {"release_assessment", "enter_records", "enter_veto", "withdraw_veto"}


@dataclass(frozen=True, slots=True)
class Line:
    """One act as the page shows it; `poll_id` is empty where the act was not about a poll."""

    at: datetime
    officer_name: str
    action: str
    poll_id: str
    words: str


@blueprint.get("/audit")
@audience(*UNIVERSITY)
def audit() -> str:
    before = request.args.get("before", type=int)
    if before is not None and not 0 < before < 2**62:
        before = None
    entries = auditing.entries(stores(), limit=PAGE + 1, before=before)
    older = entries[PAGE - 1].id if len(entries) > PAGE else None
    zone = ZoneInfo(settings().timezone)
    titles = {summary.poll_id: say(summary.title) for summary in designing.polls(stores())}
    shown = [_line(entry, zone, titles) for entry in entries[:PAGE]]
    return render_template("officers/audit.html", entries=shown, older=older, first=before is None)


def _line(entry: AuditFact, zone: ZoneInfo, titles: dict[str, str]) -> Line:
    """The object of an act is kept as `poll`, `poll/unit: slips` or a number; here it is read out."""
    at, object_ = entry.at.astimezone(zone), entry.object_
    poll_id, _slash, rest = object_.partition("/")
    if poll_id in titles:
        return Line(at, entry.officer_name, entry.action, poll_id, _slips(poll_id, rest, titles[poll_id]))
    if entry.action in ABOUT_A_WAVE:
        return Line(at, entry.officer_name, entry.action, "", _of_wave(object_))
    if object_.isdigit():
        n = int(object_)
        units = entry.action == "import_units"
        object_ = ngettext("%(n)s 个单位", "%(n)s 个单位", n) if units else _("%(n)s 人", n=number(n))
    return Line(at, entry.officer_name, entry.action, "", object_)


def _of_wave(object_: str) -> str:
    """`2026` or `2026/b01`: the year of an assessment, and the unit whose records were entered."""
    wave, _slash, unit_id = object_.partition("/")
    year = _("%(wave)s年度", wave=wave)
    if not unit_id:
        return year
    try:
        name = dict(assessment_waves.assessable_wave(stores(), wave).units).get(unit_id)
    except NoSuchWave:
        name = None
    return _("%(year)s：%(unit)s", year=year, unit=say(name) if name else unit_id)


def _slips(poll_id: str, rest: str, title: str) -> str:
    unit_id, _colon, count = rest.partition(": ")
    if not count.isdigit():
        return title
    try:
        units = designing.frozen_poll(stores().ballot_box, poll_id).units
    except NoSuchPoll:
        units = ()
    name = next((say(unit.name) for unit in units if unit.id == unit_id), unit_id)
    return ngettext("%(title)s：%(unit)s %(n)s 张", "%(title)s：%(unit)s %(n)s 张", int(count), title=title, unit=name)
