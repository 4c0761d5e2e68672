"""What is shown beside the scores and never scored: which answers of the library make which figure (assessment.md 2.1, 2.3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analysis.assessment.measures import Dimension, Measure, Part, Shown
from analysis.frame import LibraryScoring, Text

IN_PROGRESS = "in_progress"
GAP = -100.0  # the lowest a difference of two figures can be


@dataclass(frozen=True, slots=True)
class _Share:
    """The share of answers that count `yes` among those that count at all; "don't know" and what is in neither are left out."""

    id: str
    name: Text
    group: str
    item: str
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Mean:
    """The mean score of one question or, over those answered, of several."""

    id: str
    name: Text
    group: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gap:
    """The second mean less the first, over the same people's answers: -100..100."""

    id: str
    name: Text
    group: str
    first: str
    second: str


_TOLD = ("union_first", "i_told", "relayed")
_SHARES = (
    _Share(
        "union_first",
        Text("工会主动先来了解的比例", "The union came first"),
        "cases",
        "needs_annual.a05",
        ("union_first",),
        ("i_told", "relayed"),
    ),
    _Share(
        "unknown_rate",
        Text("工会还不知道的困难", "Difficulties the union does not know of"),
        "cases",
        "needs_annual.a05",
        ("not_known",),
        _TOLD,
    ),
    _Share(
        "first_reply",
        Text("十天内得到第一次答复", "First reply within ten days"),
        "cases",
        "needs_annual.a08",
        ("d3", "d10"),
        ("d30", "d30p", "none"),
    ),
    _Share(
        "service_first",
        Text("服务由工会主动联系开始", "Services the union began"),
        "cases",
        "service_feedback.c02",
        ("union_first",),
        ("i_asked", "relayed"),
    ),
    _Share(
        "service_in_ten_days",
        Text("服务十天内办结", "Services finished within ten days"),
        "services",
        "service_feedback.c03",
        ("d3", "d10"),
        ("d30", "d30p", "open"),
    ),
    _Share(
        "brought",
        Text("向工会提过困难或诉求", "Brought a difficulty or request to the union"),
        "services",
        "staff_home_annual.b04",
        ("yes_brought",),
        ("no_brought",),
    ),
    _Share(
        "activity_reach",
        Text("参加了活动", "Took part in the activity"),
        "activities",
        "activity_feedback.e02",
        ("competed", "joined", "watched", "organised"),
        ("absent",),
    ),
    _Share(
        "activity_again",
        Text("下次还会参加", "Would take part again"),
        "activities",
        "activity_feedback.e10",
        ("sure",),
        ("maybe", "would_not"),
    ),
)
_MEANS = (
    _Mean(
        "know_university",
        Text("及时知道学校的重要事项", "Hears of the university's important matters"),
        "rights",
        ("congress_openness.d02",),
    ),
    _Mean(
        "know_unit",
        Text("及时知道本单位的重要事项", "Hears of the unit's important matters"),
        "rights",
        ("congress_openness.d03",),
    ),
    _Mean(
        "proposal_attitude",
        Text("提案办理的态度", "Attitude in handling proposals"),
        "congress",
        ("congress_openness.d16",),
    ),
    _Mean("proposal_result", Text("提案办理的结果", "Result of proposals"), "congress", ("congress_openness.d17",)),
    _Mean(
        "congress_overall",
        Text("教代会发挥的作用", "The part the staff congress plays"),
        "congress",
        ("congress_openness.d19",),
    ),
    _Mean(
        "service_conditions",
        Text("办理条件讲得清楚", "Conditions clearly explained"),
        "services",
        ("service_feedback.c05",),
    ),
    _Mean(
        "service_treatment", Text("工作人员的态度", "The way staff were treated"), "services", ("service_feedback.c06",)
    ),
    _Mean("service_privacy", Text("隐私得到保护", "Privacy kept"), "services", ("service_feedback.c07",)),
    _Mean("service_fit", Text("慰问切合需要", "What was given fitted the need"), "services", ("service_feedback.c08",)),
    _Mean("service_overall", Text("对服务总体满意", "The service overall"), "services", ("service_feedback.c12",)),
    _Mean("activity_run", Text("活动的组织", "How the activity was run"), "activities", ("activity_feedback.e04",)),
    _Mean("activity_fair", Text("评比公平", "Fair judging"), "activities", ("activity_feedback.e05",)),
    _Mean(
        "activity_benefit",
        Text("活动有收获", "Benefit from the activity"),
        "activities",
        ("activity_feedback.e06", "activity_feedback.e07"),
    ),
    _Mean(
        "activity_colleagues", Text("和同事更熟悉", "Got to know colleagues"), "activities", ("activity_feedback.e08",)
    ),
    _Mean("activity_overall", Text("对活动总体满意", "The activity overall"), "activities", ("activity_feedback.e09",)),
)
_RIGHTS = {
    "right_to_know": Text("知情权", "Right to know"),
    "right_to_participate": Text("参与权", "Right to take part"),
    "right_to_express": Text("表达权", "Right to express"),
    "right_to_supervise": Text("民主监督权", "Right to supervise"),
}
_GAPS = (
    _Gap(
        "know_gap",
        Text("知情：本单位与学校之差", "Hearing of matters: unit less university"),
        "rights",
        "know_university",
        "know_unit",
    ),
    _Gap(
        "proposal_gap",
        Text("提案：结果与态度之差", "Proposals: result less attitude"),
        "congress",
        "proposal_attitude",
        "proposal_result",
    ),
)


def shown_figures(rules: LibraryScoring, measures: list[Measure]) -> tuple[Shown, ...]:
    """The figures that are only shown; their measures are added to `measures`. The four rights come from the scoring.

    A question the wave did not ask gives a figure without a value and with its reason.
    """
    place: dict[str, int] = {}

    def shown(figure_id: str, name: Text, group: str, measure: Measure) -> Shown:
        place[figure_id] = len(measures)
        measures.append(measure)
        return Shown(figure_id, group, name, ((place[figure_id], 1.0),))

    shares = [shown(each.id, each.name, each.group, _measure(each.id, (each.item,), _credit(each))) for each in _SHARES]
    own = [
        shown(
            each.id,
            _RIGHTS.get(each.id, Text(each.id, each.id)),
            "rights",
            _measure(each.id, each.items, None, each.min_items),
        )
        for each in rules.rights
    ]
    means = [shown(each.id, each.name, each.group, _measure(each.id, each.items)) for each in _MEANS]
    gaps = [_shown_gap(each, place) for each in _GAPS]
    return (*shares, *own, *means, *gaps)


def lenient_question(dimensions: Sequence[Dimension], measures: list[Measure]) -> Dimension | None:
    """S with what is in progress left out of its base (the rate in brackets); its measures are added to `measures`."""
    solved = next((each for each in dimensions if each.shrink), None)
    if solved is None:
        return None
    parts = []
    for part in solved.parts:
        first = len(measures)
        measures += [_without_progress(measures[place]) for place in part.measures]
        parts.append(Part(f"lenient.{part.id}", part.weight, tuple(range(first, len(measures))), part.pooled))
    return replace(solved, id="lenient", parts=tuple(parts))


def _without_progress(measure: Measure) -> Measure:
    credit = {choice: value for choice, value in (measure.credit or {}).items() if choice != IN_PROGRESS}
    return replace(measure, id=f"lenient.{measure.id}", credit=credit)


def _shown_gap(gap: _Gap, place: Mapping[str, int]) -> Shown:
    return Shown(gap.id, gap.group, gap.name, ((place[gap.first], -1.0), (place[gap.second], 1.0)), GAP)


def _measure(name: str, addresses: Sequence[str], credit: Mapping[str, float] | None = None, least: int = 1) -> Measure:
    poll = addresses[0].partition(".")[0]
    return Measure(f"shown.{name}", poll, tuple(each.partition(".")[2] for each in addresses), credit, least)


def _credit(share: _Share) -> Mapping[str, float]:
    return {**dict.fromkeys(share.yes, 1.0), **dict.fromkeys(share.no, 0.0)}
