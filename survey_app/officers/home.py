"""The first page: what is to be done now, and how the running polls stand."""

from dataclasses import dataclass

from flask import render_template, url_for

from survey_app.officers.door import OFFICERS, UNIVERSITY, blueprint, own_units, say
from survey_app.officers.progress import Progress, progress_of, steps_of
from survey_app.services import assessment_waves, designing, registering
from survey_app.web.access import audience, current_officer
from survey_app.web.formats import day
from survey_app.web.instance import stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import ngettext

UNDER_WAY = ("not_open", "open", "over", "closed", "sealed")


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do now: a sentence, a remark, and where."""

    sentence: str
    remark: str
    action: str
    address: str


@blueprint.get("/")
@audience(*OFFICERS)
def home() -> str:
    officer = current_officer()
    mine = [
        (summary, designing.frozen_poll(stores().ballot_box, summary.poll_id)) for summary in designing.polls(stores())
    ]
    mine = [(summary, poll) for summary, poll in mine if own_units(officer, poll)]
    under_way = [
        progress_of(poll, officer.branch_id) for summary, poll in mine if designing.state(summary, today()) in UNDER_WAY
    ]
    under_way.sort(key=lambda progress: (progress.state not in {"open", "over", "closed"}, progress.poll.last_day))
    tasks = [task for progress in under_way for task in _tasks(progress, whole=officer.role in UNIVERSITY)]
    if officer.role in UNIVERSITY:
        tasks += [*_assessments(), *_first_tasks(has_polls=bool(mine))]
    return render_template(
        "officers/home.html",
        tasks=tasks,
        under_way=[(progress, steps_of(progress)) for progress in under_way],
        polls=[(summary, designing.state(summary, today())) for summary, _poll in mine],
        day_of_today=today(),
        n_open=sum(progress.state == "open" for progress in under_way),
    )


def _tasks(progress: Progress, *, whole: bool) -> list[Task]:
    """What a poll asks of the officer today, the most urgent first."""
    poll_id, title = progress.poll.poll_id, say(progress.poll.title)
    page = url_for("officers.fieldwork", poll_id=poll_id)
    if progress.state in {"not_open", "open"}:
        due = progress.below_half and progress.state == "open" and today() > progress.poll.first_day
        return (_slips(progress) if whole else []) + ([_reminder(progress, page, whole=whole)] if due else [])
    if not whole:
        return []
    seal = url_for("officers.seal", poll_id=poll_id)
    if progress.state == "over":
        remark = _("作答已于 %(day)s结束。封箱以后才能算结果。", day=day(progress.poll.last_day))
        return [Task(_("“%(title)s”该封箱了", title=title), remark, _("去封箱"), seal)]
    if progress.state == "closed":
        return [Task(_("“%(title)s”还没有封完", title=title), _("收卷已停止，接着封箱即可。"), _("继续封箱"), seal)]
    remark = _("说好 %(day)s前公布。", day=day(progress.poll.notice.results_by))
    release = url_for("officers.release", poll_id=poll_id)
    return [Task(_("“%(title)s”可以公布结果了", title=title), remark, _("去公布"), release)]


def _assessments() -> list[Task]:
    """Waves whose polls are all sealed and whose assessment is not out yet."""
    ready = [each for each in assessment_waves.assessable_waves(stores()) if each.ready and not each.released]
    return [
        Task(
            _("%(wave)s年度评估可以公布了", wave=each.wave),
            _("先看哪些调查计入，需要的话填好记录。"),
            _("去公布"),
            url_for("officers.assessment", wave=each.wave),
        )
        for each in ready
        if not each.waits
    ]


def _reminder(progress: Progress, page: str, *, whole: bool) -> Task:
    below, title = progress.below_half, say(progress.poll.title)
    if not whole:
        sentence = _("本单位作答还不到一半，可以发一次提醒")
        return Task(sentence, _("“%(title)s”。文字已备好，复制就能发。", title=title), _("去发提醒"), page)
    sentence = ngettext("提醒 %(n)s 个作答不到一半的单位", "提醒 %(n)s 个作答不到一半的单位", len(below))
    shown = _("、").join(unit.name for unit in below[:5])
    names = _("%(names)s等", names=shown) if len(below) > 5 else shown
    return Task(
        sentence, _("“%(title)s”：%(names)s。文字已备好，复制就能发。", title=title, names=names), _("去发提醒"), page
    )


def _slips(progress: Progress) -> list[Task]:
    if progress.poll.way != "slip":
        return []
    without = [unit for unit in progress.units if not unit.n_slips_drawn]
    if not without:
        return []
    sentence = ngettext("给 %(n)s 个单位印匿名答题码", "给 %(n)s 个单位印匿名答题码", len(without))
    remark = _("“%(title)s”%(day)s起作答。", title=say(progress.poll.title), day=day(progress.poll.first_day))
    return [Task(sentence, remark, _("去打印"), url_for("officers.slips", poll_id=progress.poll.poll_id))]


def _first_tasks(*, has_polls: bool) -> list[Task]:
    if not registering.branches(stores()):
        remark = _("一张 Excel 或 CSV：单位编号、名称、类型、会员人数。")
        return [Task(_("先导入单位名单"), remark, _("去导入"), url_for("officers.import_units"))]
    if not has_polls:
        remark = _("从题库选一份，五分钟就能用。")
        return [Task(_("还没有调查"), remark, _("看题库"), url_for("officers.questionnaires"))]
    return []
