"""Rules about the questionnaire as a whole: its notice, its length, and its versions over the years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from questionnaires.design_checks.findings import Circumstances, Mend, Place, Rule, Spot
from questionnaires.design_checks.mends import changing, setting
from questionnaires.differences import comparable
from questionnaires.items import AnyItem, BestWorstItem, MatrixItem, TextItem
from questionnaires.questionnaire import Questionnaire
from questionnaires.texts import Text

LONGEST_MINUTES = 10

_ANONYMOUS = re.compile(r"不记名|匿名|无记名|不留姓名|anonymous|need not give a name", re.IGNORECASE)
_NAMED = re.compile(r"(?<![不无])记名|实名|not anonymous|by name|your name", re.IGNORECASE)


def _notice(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    said = _ANONYMOUS if questionnaire.who.anonymous else _NAMED
    if not said.search(questionnaire.intro.zh):
        mend = None
        if questionnaire.who.anonymous:
            notice = Text(
                f"本问卷不记名。{questionnaire.intro.zh}", _before("This survey is anonymous.", questionnaire.intro.en)
            )
            mend = Mend(Text("加上“不记名”", "Say that it is anonymous"), lambda whole: replace(whole, intro=notice))
        yield Spot(Place(part="intro"), mend=mend)


def _before(notice: str, intro: str | None) -> str | None:
    return None if intro is None else f"{notice} {intro}"


def seconds(item: AnyItem) -> float:
    """About how long one answer takes on a phone; measured figures will replace these as polls are run."""
    match item:
        case MatrixItem():
            return 6 + 5 * len(item.rows)
        case BestWorstItem():
            return 15 * item.screens
        case TextItem():
            return 40 if item.required else 15  # most leave an optional one empty
    by_kind = {"info": 4, "single": 7, "multi": 8, "rank_top": 12}
    return by_kind.get(item.kind, 7) + 0.4 * (len(item.choices) if item.kind in {"single", "multi", "rank_top"} else 0)


def minutes_needed(questionnaire: Questionnaire) -> float:
    """About how many minutes the questionnaire takes; items under a rule count half."""
    shown = (seconds(item) * (0.5 if questionnaire.condition(item.id) else 1) for item in questionnaire.items)
    return (15 + sum(shown)) / 60


def _too_long(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    needed = minutes_needed(questionnaire)
    if max(needed, questionnaire.minutes) > LONGEST_MINUTES:
        said = max(needed, questionnaire.minutes)
        yield Spot(Place(part="title"), Text(f"约 {said:.0f} 分钟", f"About {said:.0f} minutes"))


def _promised(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    needed = minutes_needed(questionnaire)
    if needed > 1.6 * questionnaire.minutes and needed - questionnaire.minutes > 0.75:
        about = Text(
            f"写的是 {questionnaire.minutes:g} 分钟，估计约 {needed:.0f} 分钟",
            f"{questionnaire.minutes:g} minutes are promised; about {needed:.0f} are likely",
        )
        yield Spot(Place(part="intro"), about)


def _repeated(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:  # noqa: ARG001
    seen: dict[str, str] = {}
    for section in questionnaire.sections:
        for item in section.items:
            words = re.sub(r"\W", "", item.text.zh)
            if item.kind != "info" and words in seen and not item.copy_of:
                yield Spot(Place(section.id, item.id), Text(f"与 {seen[words]} 相同", f"The same as {seen[words]}"))
            seen.setdefault(words, item.id)


def _stable_changed(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    earlier = circumstances.earlier
    if earlier is None:
        return
    for section in questionnaire.sections:
        for item in section.items:
            before = earlier.item(item.id) if item.id in earlier else None
            if before is not None and before.stable and not comparable(before, item):
                yield Spot(Place(section.id, item.id), before.text, _as_before(before))


def _as_before(before: AnyItem) -> Mend:
    """The earlier wording and options under the present rule."""
    return changing(
        Text("恢复上次的题目", "Put the earlier question back"),
        before.id,
        lambda item: replace(before, show_if=item.show_if),
    )


def _stable_left_out(questionnaire: Questionnaire, circumstances: Circumstances) -> Iterator[Spot]:
    earlier = circumstances.earlier
    for before in earlier.items if earlier else ():
        if before.stable and before.id not in questionnaire:
            yield Spot(Place(item=before.id), before.text)
        elif before.stable and not questionnaire.item(before.id).stable:
            mend = setting(Text("标为固定题", "Mark it as stable"), before.id, stable=True)
            yield Spot(Place(item=before.id), before.text, mend)


RULES = (
    Rule(
        "missing_notice", "warns",
        Text("开头应说明是否记名，人们据此决定说不说实话。", "The opening must say whether answers are anonymous; people decide by it how frankly to answer."),
        _notice,
    ),
    Rule(
        "too_much_time", "warns",
        Text("超过10分钟，很多人会中途退出。", "Over 10 minutes many break off."),
        _too_long,
    ),
    Rule(
        "time_promised", "hints",
        Text("实际所需时间比写的长，人们会觉得受骗。", "It takes longer than it promises, and people will feel misled."),
        _promised,
    ),
    Rule(
        "repeated_question", "warns",
        Text("同样的话问了两次。", "The same words are asked twice."),
        _repeated,
    ),
    Rule(
        "stable_changed", "blocks",
        Text("固定题改了文字或选项，与往年不再可比；要改请复制一题，改复制的那一题。", "A stable question was changed and can no longer be compared with earlier years; to change it, duplicate it and change the copy."),
        _stable_changed,
    ),
    Rule(
        "stable_left_out", "warns",
        Text("上次的固定题没有了，趋势会中断。", "A stable question of the last wave is missing, and its trend breaks off."),
        _stable_left_out,
    ),
)  # fmt: skip
