"""What must be true of a draft before it is fixed for ever: every fault in one sentence, all of them at once."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text
from survey_app.ballots.encodings import is_id
from survey_app.services.poll_facts import PollDraft, ReportingUnit, is_preview

SMALLEST_UNIT = 10


def draft_faults(draft: PollDraft, today: date) -> tuple[Text, ...]:
    """Sentences about everything that forbids freezing; none if it may be frozen."""
    return (*_poll_faults(draft, today), *_question_faults(draft.questionnaire), *unit_faults(draft.units))


def _poll_faults(draft: PollDraft, today: date) -> Iterator[Text]:
    if not is_id(draft.poll_id):
        yield Text("编号只能用小写字母、数字和连字符，最多32个。", "The id may hold a-z, 0-9 and hyphens, at most 32.")
    if is_preview(draft.poll_id):
        yield Text(
            "以 preview 开头的编号留给试答，请换一个。",
            "Ids that begin with preview are kept for trying out: choose another.",
        )
    if draft.way not in ("slip", "open", "ticket"):
        yield Text("请选择答题方式。", "Choose how staff take part.")
    if not draft.title.zh.strip():
        yield Text("请填写调查名称。", "Give the poll a title.")
    if draft.first_day > draft.last_day:
        yield Text("开始日期不能晚于截止日期。", "The first day is after the last day.")
    if draft.last_day < today:
        yield Text("截止日期已过。", "The last day has passed.")
    if draft.notice.results_by < draft.last_day:
        yield Text("公布结果的日期不能早于截止日期。", "Results cannot be promised before the last day.")
    if draft.notice.kept_until < draft.notice.results_by:
        yield Text("数据保存期限不能早于公布结果的日期。", "Answers must be kept until the results are shown.")


def _question_faults(questionnaire: Questionnaire) -> Iterator[Text]:
    """Questions with more choices than anybody reads, or a release can count."""
    for item in questionnaire.items:
        if len(item.choices) > MOST_OPTIONS:
            yield Text(
                f"题目 {item.id} 有{len(item.choices)}个选项，最多{MOST_OPTIONS}个。",
                f"The question {item.id} has {len(item.choices):,} options: {MOST_OPTIONS} is the most.",
            )


def unit_faults(units: tuple[ReportingUnit, ...]) -> Iterator[Text]:
    """Sizes, ids and branches of units."""
    if not units:
        yield Text("至少要有一个统计单位。", "There must be at least one reporting unit.")
    for unit in units:
        if not is_id(unit.id):
            yield Text(f"统计单位编号“{unit.id}”不合规。", f"“{unit.id}” is not an id: use a-z, 0-9 and hyphens.")
        if unit.n_eligible < SMALLEST_UNIT:
            yield too_small(unit)
    yield from _twice([unit.id for unit in units], "统计单位", "reporting unit")
    yield from _twice([branch for unit in units for branch in unit.branches], "分工会", "branch")


def too_small(unit: ReportingUnit) -> Text:
    name = unit.name.en or unit.name.zh
    return Text(
        f"“{unit.name.zh}”只有{unit.n_eligible}人，不足{SMALLEST_UNIT}人：请与其他分工会合并为一个统计单位。",
        f"“{name}” has {unit.n_eligible} members, fewer than {SMALLEST_UNIT}: merge it with other branches.",
    )


def _twice(ids: list[str], what_zh: str, what_en: str) -> Iterator[Text]:
    for one, times in Counter(ids).items():
        if times > 1:
            yield Text(f"{what_zh}“{one}”出现了{times}次。", f"The {what_en} “{one}” appears {times} times.")
