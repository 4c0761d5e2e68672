"""One poll under way: where it stands, how many answered per unit, what to send and what to print."""

from flask import render_template

from survey_app.officers.door import OFFICERS, blueprint, own_units, poll_or_404, say, state_of
from survey_app.officers.progress import Progress, next_step, progress_of, steps_of
from survey_app.services import designing, printing
from survey_app.web.access import audience, current_officer
from survey_app.web.formats import day, weekday
from survey_app.web.instance import settings, stores
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


@blueprint.get("/polls")
@audience(*OFFICERS)
def polls() -> str:
    officer = current_officer()
    shown = [
        (summary, state_of(summary))
        for summary in designing.polls(stores())
        if own_units(officer, designing.frozen_poll(stores().ballot_box, summary.poll_id))
    ]
    return render_template("officers/polls.html", polls=shown)


@blueprint.get("/polls/<poll_id>")
@audience(*OFFICERS)
def fieldwork(poll_id: str) -> str:
    _summary, poll = poll_or_404(poll_id)
    progress = progress_of(poll, current_officer().branch_id)
    return render_template(
        "officers/fieldwork.html",
        progress=progress,
        poll=poll,
        steps=steps_of(progress),
        next_step=next_step(progress),
        reminder=_reminder(progress) if progress.state == "open" else "",
        address=_address(progress),
        has_last=any(unit.last_percent is not None for unit in progress.units),
    )


def _address(progress: Progress) -> str:
    address = printing.poll_address(settings().public_address, progress.poll.poll_id)
    if progress.poll.way == "open" and len(progress.units) == 1:
        address += f"#u={progress.units[0].id}"
    if progress.poll.way == "ticket":
        address += f"#fp={progress.poll.shown_fingerprint}"
    return address


def _reminder(progress: Progress) -> str:
    """What may be sent to a group: no names, no figures of single units, how to take part without a phone."""
    poll = progress.poll
    when = _("%(day)s（%(weekday)s）", day=day(poll.last_day), weekday=weekday(poll.last_day))
    greeting = _(
        "各位老师：“%(title)s”还有 %(days)s 天，%(when)s截止，约 %(minutes)s 分钟。",
        title=say(poll.title),
        days=progress.days_left,
        when=when,
        minutes=f"{poll.questionnaire.minutes:g}",
    )
    privacy = _("答卷匿名，分工会看不到您是否答、答了什么。")
    if poll.way == "slip":
        how = _("凭匿名答题码作答：还没有抽到的老师，可到分工会自己抽一张，没有智能手机也能答。")
    elif poll.way == "ticket":
        how = _("用领取全年答题资格的浏览器打开下面的网址，不用登录。还没有领的老师，可到分工会自己抽一张匿名答题码。")
    else:
        how = _("扫海报上的二维码，或打开下面的网址。没有智能手机的老师，可在任何电脑上答。")
    text = ("" if language() == "zh" else " ").join((greeting, privacy, how))
    return f"{text}\n{_address(progress)}"
