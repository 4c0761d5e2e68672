"""Released documents made by hand, small enough to read: what the result pages are tested with."""

from dataclasses import replace
from datetime import date

from analysis.disclosure.released import (
    CommentCount,
    CriterionFigure,
    Distribution,
    DistributionEntry,
    ItemFigure,
    PollFacts,
    Released,
    ReleasedChoice,
    ReleasedCriterion,
    ReleasedItem,
    ReleasedSection,
    ReleasedUnit,
)
from analysis.disclosure.released_breakdowns import (
    BreakdownEntry,
    MatchFigure,
    Reading,
    RowDistribution,
    ThemeFigure,
    WordFigure,
)
from questionnaires.texts import Text

UNITS = (
    ReleasedUnit("ALL", Text("全校在职", "All in-service staff"), "all", 700, 431, 62),
    ReleasedUnit("B09", Text("法学院", "Law"), "academic", 64, 49, 77),
    ReleasedUnit("B15", Text("医学院", "Medicine"), "academic", 286, 134, 47),
    ReleasedUnit("B16", Text("机关", "Central Administration"), "administrative", 260, 198, 76),
    ReleasedUnit("B21", Text("出版社", "University Press"), "support", 22, 13, 59),
    ReleasedUnit("B22", Text("档案馆", "Archives"), "support", 68, None, None, "POOL", "too_few", ("too_few",)),
    ReleasedUnit("POOL", Text("人数少的单位（合并）", "Small units, pooled"), "pool", 68, 37, 54),
    ReleasedUnit("B24", Text("离退休教职工", "Retired staff"), "retired", 420, 218, 52, notes=("apart",)),
)
SHOWN = ("ALL", "B09", "B15", "B16", "B21", "POOL", "B24")
SATISFACTION = (
    ReleasedChoice("s5", Text("非常满意", "Very satisfied"), 5, "answer"),
    ReleasedChoice("s4", Text("比较满意", "Fairly satisfied"), 4, "answer"),
    ReleasedChoice("s3", Text("一般", "Neither"), 3, "answer"),
    ReleasedChoice("s2", Text("不太满意", "Fairly dissatisfied"), 2, "answer"),
    ReleasedChoice("s1", Text("非常不满意", "Very dissatisfied"), 1, "answer"),
    ReleasedChoice("na", Text("不了解／不适用", "Don't know / not applicable"), None, "missing"),
)
SOLVED = (
    ReleasedChoice("solved", Text("已解决", "Solved"), None, "answer"),
    ReleasedChoice("unsolved", Text("没有解决", "Not solved"), None, "answer"),
)
DIFFICULTIES = (
    ReleasedChoice("workload", Text("工作负荷", "Workload"), None, "answer"),
    ReleasedChoice("housing", Text("住房或租房", "Housing or rent"), None, "answer"),
    ReleasedChoice("promotion", Text("职称与岗位晋升", "Promotion and title review"), None, "answer"),
)
CRITERIA = (
    ReleasedCriterion("org_sound", Text("组织健全", "Organisation sound"), ("b11",), 0.15),
    ReleasedCriterion("rights_upheld", Text("维权到位", "Rights upheld"), ("b14",), 0.20),
)


def poll_facts(poll_id: str, questionnaire: str, title: Text, wave: str) -> PollFacts:
    year = int(wave)
    return PollFacts(
        poll_id,
        questionnaire,
        title,
        wave,
        date(year, 11, 9),
        date(year, 11, 22),
        "slip",
        "4N7Q-" * 7 + "4N7Q",
        "ab" * 32,
    )


def rated(column: str, words: Text, feeds: tuple[str, ...], row: Text | None = None) -> ReleasedItem:
    item = column.split(".", maxsplit=1)[0]
    return ReleasedItem(
        column, item, "main", words, row or words, row, "rating", "score", SATISFACTION, feeds, None, ("s5", "s4")
    )


def outcome(
    item: str, words: Text, choices: tuple[ReleasedChoice, ...], feeds: tuple[str, ...], full: str
) -> ReleasedItem:
    """A choice among outcomes with a credit for some of them."""
    return ReleasedItem(item, item, "main", words, words, None, "single", "score", choices, feeds, None, (full,))


def option_columns(
    item: str, words: Text, choices: tuple[ReleasedChoice, ...], feeds: tuple[str, ...], measure: str = "share"
) -> tuple[ReleasedItem, ...]:
    return tuple(
        ReleasedItem(
            f"{item}.{choice.id}", item, "main", words, choice.text, None, "single", measure, choices, feeds, choice.id
        )
        for choice in choices
    )


def scores(column: str, start: int) -> tuple[ItemFigure, ...]:
    """A mean and a favourable share for every shown unit, all different; B21 is withheld."""
    found = []
    for step, unit in enumerate(SHOWN):
        if unit == "B21":
            found.append(ItemFigure(unit, column, withheld="too_few"))
            continue
        mean = start + step
        found.append(
            ItemFigure(
                unit,
                column,
                40 + step,
                mean,
                mean - 4,
                mean + 4,
                mean - 9,
                mean - 14,
                mean - 5,
                dont_know_percent=step + 3,
            )
        )
    return tuple(found)


def shares(column: str, start: int) -> tuple[ItemFigure, ...]:
    return tuple(
        ItemFigure(
            unit, column, 30 + step, share_percent=start + step, share_low=start + step - 6, share_high=start + step + 7
        )
        for step, unit in enumerate(SHOWN)
    )


def spread(column: str, choices: tuple[ReleasedChoice, ...]) -> Distribution:
    """A distribution of 431 answers over the scale's words."""
    percents = (41, 33, 15, 8, 3)
    entries = tuple(
        DistributionEntry(choice.id, percent * 4, percent)
        for choice, percent in zip((each for each in choices if each.role == "answer"), percents, strict=False)
    )
    return Distribution(column, 400, entries, (DistributionEntry("na", 31, 7),))


def staff_home(poll_id: str = "home-2026", wave: str = "2026", lift: int = 0) -> Released:
    """A small Staff Home review: three headline items, two criteria, six units and the retired apart."""
    items = (
        rated("b02", Text("分工会主动了解教职工的困难：", "The branch takes the first step:"), ("q_proactive",)),
        outcome("b05", Text("其中最重要的一件，结果是：", "What came of it?"), SOLVED, ("q_solved",), "solved"),
        *option_columns("b05", Text("其中最重要的一件，结果是：", "What came of it?"), SOLVED, ("q_solved",)),
        rated("b01", Text("您对分工会过去一年的工作：", "Your branch's work in the past year:"), ("q_satisfied",)),
        ReleasedItem(
            "b34",
            "b34",
            "main",
            Text("最该改进的", "To improve"),
            Text("最该改进的", "To improve"),
            None,
            "text",
            "text",
        ),
    )
    figures = (
        *scores("b02", 74 + lift), *scores("b05", 53 + lift), *shares("b05.solved", 44 + lift)[:1], *shares("b05.unsolved", 27)[:1],
        *scores("b01", 81 + lift),
    )  # fmt: skip
    criteria = tuple(
        CriterionFigure(unit, criterion.id, withheld="too_few")
        if unit == "B21" and place == 0
        else CriterionFigure(unit, criterion.id, 30 + step, 70 + step + 9 * place, 66 + step, 88 + step, 11 + place)
        for step, unit in enumerate(SHOWN)
        for place, criterion in enumerate(CRITERIA)
    )
    return Released(
        poll=poll_facts(
            poll_id, "staff_home_annual", Text(f"{wave}年分工会工作评议", f"Staff Home review {wave}"), wave
        ),
        method_version="1",
        units=UNITS,
        sections=(ReleasedSection("main", Text("总体", "Overall")),),
        items=items,
        criteria_list=CRITERIA,
        item_figures=figures,
        criterion_figures=criteria,
        distributions=(spread("b01", SATISFACTION), spread("b02", SATISFACTION)),
        comment_counts=(CommentCount("ALL", "b34", 120), CommentCount("B21", "b34", None, "too_few")),
        row_distributions=(
            RowDistribution(
                "B15",
                "b01",
                134,
                (
                    BreakdownEntry(("s5",), 60, 45),
                    BreakdownEntry(("s4",), 48, 36),
                    BreakdownEntry(("s3", "s2", "s1"), 26, 19),
                ),
                "rare",
            ),
            RowDistribution("B21", "b01", withheld="too_few"),
        ),
        words=(
            WordFigure("ALL", "b34", "停车", 17, 14, key=True),
            WordFigure("ALL", "b34", "食堂", 31, 26, key=True),
            WordFigure("B15", "b34", "本院", 12, 60, key=True),
        ),
        themes=(
            ThemeFigure("parking", Text("停车", "Parking"), ("b34",), 17),
            ThemeFigure("canteen", Text("食堂", "Canteen"), ("b34",), 31),
            ThemeFigure("rare", Text("少有人提", "Rare"), ("b34",), None, "too_few"),
        ),
    )


def needs(poll_id: str = "needs-2026", wave: str = "2026") -> Released:
    """A small needs survey: prevalence, the three separate questions, best-worst."""
    asked = (
        (
            "a01",
            Text("过去12个月，您遇到过下列哪些困难？", "Which of these have been a difficulty?"),
            "need_prevalence",
            "share",
        ),
        ("a02", Text("其中，最急的是哪一项？", "Which is the most urgent?"), "need_urgent", "share"),
        ("a03", Text("靠自己最难解决的是哪一项？", "Which is the hardest?"), "need_hard", "share"),
        ("a04", Text("最需要工会帮助解决的是哪一项？", "Which do you most need help with?"), "need_wanted", "share"),
        ("a11", Text("哪一件最该先办，哪一件可放最后？", "Which first, which last?"), "need_priority", "best_worst"),
    )
    items = tuple(
        column
        for item, words, feeds, measure in asked
        for column in option_columns(item, words, DIFFICULTIES, (feeds,), measure)
    )
    figures = []
    for place, item in enumerate(items):
        if item.measure == "best_worst":
            figures.append(ItemFigure("ALL", item.column, 300, 12 - 20 * (place % 3), -31, 17))
        else:
            figures += shares(item.column, 20 + place)
    return Released(
        poll=poll_facts(poll_id, "needs_annual", Text(f"{wave}年需求与困难调查", f"Needs survey {wave}"), wave),
        method_version="1",
        units=UNITS,
        sections=(ReleasedSection("main", Text("困难", "Difficulties")),),
        items=items,
        criteria_list=(),
        item_figures=tuple(figures),
        criterion_figures=(),
        distributions=(),
        comment_counts=(),
        need_service=(
            MatchFigure(
                "housing",
                Text("住房或租房", "Housing or rent"),
                "lease",
                Text("租房服务", "Rental service"),
                Reading(7, 5, 10, 300),
                Reading(82, 75, 88, 90),
                "keep",
            ),
            MatchFigure(
                "workload", Text("工作负荷", "Workload"), None, None, Reading(20, 17, 23, 300), Reading(), "no_service"
            ),
        ),
    )


def empty(poll_id: str = "empty-2026", wave: str = "2026") -> Released:
    """A Staff Home review that nobody answered: every figure is withheld, every unit has zero answers."""
    released = staff_home(poll_id, wave)
    return replace(
        released,
        units=tuple(
            replace(unit, n_responding=0, response_percent=0, pooled_into=None, withheld="no_answers")
            for unit in released.units
            if unit.id != "POOL"
        ),
        item_figures=tuple(ItemFigure(each.unit, each.column, withheld="no_answers") for each in released.item_figures),
        criterion_figures=tuple(
            CriterionFigure(each.unit, each.criterion, withheld="no_answers") for each in released.criterion_figures
        ),
        distributions=tuple(Distribution(each.column, 0, withheld="no_answers") for each in released.distributions),
        comment_counts=(),
    )


def few(poll_id: str = "few-2026", wave: str = "2026") -> Released:
    """A needs survey with fewer than five answers in all."""
    released = needs(poll_id, wave)
    units = tuple(
        replace(unit, n_responding=None, response_percent=None, withheld="too_few", pooled_into=None)
        for unit in released.units
        if unit.id != "POOL"
    )
    figures = tuple(ItemFigure(each.unit, each.column, withheld="too_few") for each in released.item_figures)
    return replace(released, units=units, item_figures=figures)


def quick(poll_id: str = "quick-2026", wave: str = "2026") -> Released:
    """Any other questionnaire: a rating with a hostile title, and one choice."""
    released = staff_home(poll_id, wave)
    return replace(
        released,
        poll=poll_facts(poll_id, "quick_poll", Text("=cmd|'停车' <b>新办法</b>", "=cmd|'Parking' <b>rules</b>"), wave),
        criteria_list=(),
        criterion_figures=(),
        items=(
            rated("p01", Text("=1+1 新办法对您：", "=1+1 The new rules suit you:"), ()),
            *option_columns("p02", Text("您的选择是：", "Your choice is:"), DIFFICULTIES, ()),
        ),
        item_figures=(
            *scores("p01", 60),
            *(f for place, c in enumerate(DIFFICULTIES) for f in shares(f"p02.{c.id}", 20 + 9 * place)),
        ),
        distributions=(spread("p01", SATISFACTION),),
        comment_counts=(),
    )
