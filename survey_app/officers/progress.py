"""How far a poll is, in the only numbers anybody may see before it is sealed: people per unit, in steps of five."""

from dataclasses import dataclass
from datetime import date, timedelta

from survey_app.officers.door import say
from survey_app.services import fieldwork, past_waves
from survey_app.services.designing import FrozenPoll, PollSummary
from survey_app.web.formats import day
from survey_app.web.instance import stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language


@dataclass(frozen=True, slots=True)
class UnitProgress:
    """One row: people who answered (in fives while open, None for one to four after), last wave's rate if known."""

    id: str
    name: str
    unit_type: str
    n_responding: int | None
    n_eligible: int
    n_slips_drawn: int
    last_percent: int | None

    @property
    def percent(self) -> int | None:
        return None if self.n_responding is None else round(100 * self.n_responding / self.n_eligible)

    @property
    def below_half(self) -> bool:
        return self.n_responding is None or 2 * self.n_responding < self.n_eligible


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a poll's life: `stage` is done, now or ahead."""

    name: str
    when: str
    stage: str


@dataclass(frozen=True, slots=True)
class Progress:
    """A poll as the fieldwork page and the home page show it."""

    poll: FrozenPoll
    summary: PollSummary
    state: str
    days_left: int
    rounded: bool
    units: tuple[UnitProgress, ...]

    @property
    def n_responding(self) -> int:
        return sum(unit.n_responding or 0 for unit in self.units)

    @property
    def n_eligible(self) -> int:
        return sum(unit.n_eligible for unit in self.units)

    @property
    def percent(self) -> int:
        return round(100 * self.n_responding / self.n_eligible)

    @property
    def below_half(self) -> tuple[UnitProgress, ...]:
        return tuple(unit for unit in self.units if unit.below_half)

    @property
    def last_percent(self) -> int | None:
        """Last wave's whole rate over the same units; None unless it is known for every one of them."""
        known = [unit for unit in self.units if unit.last_percent is not None]
        if not known or len(known) < len(self.units):
            return None
        return round(sum((unit.last_percent or 0) * unit.n_eligible for unit in known) / self.n_eligible)


def progress_of(poll: FrozenPoll, branch_id: str | None = None) -> Progress:
    """Progress of all units, or of the one a branch officer's branch counts in."""
    followed = fieldwork.fieldwork(stores(), poll.poll_id, today(), branch_id)
    before = past_waves.response_percents(stores(), poll.poll_id)
    rows = tuple(
        UnitProgress(
            row.unit.id,
            say(row.unit.name),
            row.unit.unit_type,
            row.n_responding,
            row.unit.n_eligible,
            row.n_slips_drawn,
            before.get(row.unit.id),
        )
        for row in followed.units
    )
    days_left = (poll.last_day - today()).days + 1
    return Progress(poll, followed.poll, followed.state, days_left, followed.state not in {"sealed", "released"}, rows)


def steps_of(progress: Progress) -> tuple[Step, ...]:
    """From freezing to the release, with the days that are known."""
    poll = progress.poll
    at = {"not_open": 1, "open": 2, "over": 3, "closed": 3, "sealed": 4, "released": 5}[progress.state]
    first, last = poll.first_day, poll.last_day
    named = (
        (_("定稿锁定"), ""),
        (_("打印分发"), _("%(day)s前", day=day(first))),
        (_("作答"), span(first, last)),
        (_("封箱"), day(last + timedelta(days=1))),
        (_("公布结果"), _("%(day)s前", day=day(poll.notice.results_by))),
    )
    return tuple(
        Step(name, when, "done" if place < at else "now" if place == at else "ahead")
        for place, (name, when) in enumerate(named)
    )


def span(first: date, last: date) -> str:
    """11月9—22日 / 9–22 November; both months where they differ."""
    if (first.year, first.month) != (last.year, last.month):
        return f"{day(first)}{'—' if language() == 'zh' else ' – '}{day(last)}"
    return f"{first.month}月{first.day}—{last.day}日" if language() == "zh" else f"{first.day}–{day(last)}"


def next_step(progress: Progress) -> str:
    """Where we are and what comes next, in two sentences."""
    last, first = day(progress.poll.last_day), day(progress.poll.first_day)
    return {
        "not_open": _("现在：打印和分发。下一步：%(day)s起作答。", day=first),
        "open": _(
            "现在：作答。下一步：%(day)s 24:00 自动停止收卷，次日由校工会封箱。封箱之前，谁也看不到任何答案。", day=last
        ),
        "over": _("作答已于 %(day)s结束。下一步：封箱。封箱之前，谁也看不到任何答案。", day=last),
        "closed": _("已停止收卷。下一步：封箱。封箱之前，谁也看不到任何答案。"),
        "sealed": _("已封箱，答卷不会再变。下一步：公布结果。"),
        "released": _("结果已公布，校领导和教职工都能看。"),
    }[progress.state]
