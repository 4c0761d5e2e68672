"""What the overview of one released poll shows, in reading order: who took part, the answers, the doubts."""

from dataclasses import dataclass

from survey_app.web.contents import Block, Part, block_of, parts
from survey_app.web.languages import gettext as _
from survey_app.web.readings import Figure, Reading, spoken
from survey_app.web.sentences import Sentence, sentences

MOST_NAMED = 5  # more units than this are counted, not named, in a sentence


@dataclass(frozen=True, slots=True)
class CriterionLine:
    id: str
    name: str
    figure: Figure
    before: Figure | None
    university: Figure | None = None


@dataclass(frozen=True, slots=True)
class Needs:
    """What staff need: how many meet a difficulty, and three separate bars for most urgent, hardest, most needed."""

    prevalence: Block | None
    urgent: Block | None
    hardest: Block | None
    wanted: Block | None
    priority: Block | None

    @property
    def apart(self) -> tuple[tuple[str, Block], ...]:
        """Most urgent, hardest, most needed: three questions, never added up."""
        named = (
            (_("最急的"), self.urgent),
            (_("靠自己最难解决的"), self.hardest),
            (_("最需要工会帮助解决的"), self.wanted),
        )
        return tuple((name, block) for name, block in named if block is not None)


@dataclass(frozen=True, slots=True)
class Overview:
    sentences: tuple[Sentence, ...]
    criteria: tuple[CriterionLine, ...]
    needs: Needs | None
    parts: tuple[Part, ...]
    cautions: tuple[tuple[str, str], ...]  # what may not be concluded: the claim, and why not
    earlier: Reading | None


def overview(reading: Reading, earlier: Reading | None) -> Overview:
    return Overview(
        sentences=sentences(reading, earlier),
        criteria=criterion_lines(reading, earlier, reading.everybody.id),
        needs=needs(reading, reading.everybody.id),
        parts=parts(reading),
        cautions=cautions(reading, earlier),
        earlier=earlier,
    )


def criterion_lines(reading: Reading, earlier: Reading | None, unit_id: str) -> tuple[CriterionLine, ...]:
    """The criteria of one unit with the wave before and, for a unit, the university beside them."""
    everybody = reading.everybody.id
    before = earlier if earlier and earlier.has_criteria and earlier.unit(unit_id) else None
    return tuple(
        CriterionLine(
            each.id,
            spoken(each.name),
            reading.criterion_figure(unit_id, each.id),
            before.criterion_figure(unit_id, each.id) if before else None,
            reading.criterion_figure(everybody, each.id) if unit_id != everybody else None,
        )
        for each in reading.released.criteria_list
    )


def needs(reading: Reading, unit_id: str) -> Needs | None:
    if not reading.has_needs:
        return None
    return Needs(
        prevalence=block_of(reading, unit_id, "need_prevalence"),
        urgent=block_of(reading, unit_id, "need_urgent"),
        hardest=block_of(reading, unit_id, "need_hard"),
        wanted=block_of(reading, unit_id, "need_wanted"),
        priority=block_of(reading, unit_id, "need_priority"),
    )


def cautions(reading: Reading, earlier: Reading | None) -> tuple[tuple[str, str], ...]:
    """What may not be concluded from this release, the weightiest first."""
    found = [
        (
            _("不能排出名次。"),
            _("误差范围互相重叠的单位，先后次序没有意义；哪些单位与全校确有差别，看年度评价。"),
        )
    ]
    if earlier:
        found.append((_("不能说比上一次好了或差了。"), _("两次之间的高低可能只是偶然。是否真有变化，看年度评价。")))
    if len(reading.indicative) > MOST_NAMED:
        found.append(
            (
                _("不能替没有作答的人说话。"),
                _("%(n)s 个单位的作答率不到 50%%，结果只作参考。", n=len(reading.indicative)),
            )
        )
    elif reading.indicative:
        found.append(
            (
                _("不能替没有作答的人说话。"),
                _("%(units)s的作答率不到 50%%，结果只作参考。") % {"units": reading.indicative_names},
            )
        )
    if reading.feeding("official_rate"):
        found.append(
            (
                _("不能用上报口径比单位。"),
                _("“满意＋基本满意”多数单位都很高，分不出好坏；这里只用得分和分布。"),
            )
        )
    if not reading.has_criteria:
        found.append(
            (
                _("不能把“不了解”当作不满意。"),
                _("“不了解”不计入得分，只说明教职工看不见，旁边另列它占多少。"),
            )
        )
    return tuple(found)
