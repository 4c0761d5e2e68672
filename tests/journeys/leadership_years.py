"""Released assessments made by hand: two years of a small university, with every kind of unit the pages must tell apart."""

from dataclasses import replace

from analysis.disclosure.released_assessment import (
    AssessedPoll,
    Band,
    BandCondition,
    Cases,
    ClassLabel,
    DimensionInfo,
    DimensionScore,
    EnteredVeto,
    OpenFlag,
    PlaceRange,
    ReleasedAssessment,
    Score,
    Standing,
    UnitAssessment,
    UniversityAssessment,
    WaveChange,
)
from questionnaires.texts import Text

TOO_FEW = Text("作答人数少于规定下限", "Fewer answers than the minimum.")
APART = Text("离退休会员单列，不与在职单位一起分组", "Retired members are shown apart.")
OTHER_BRANCHES = Text("上一年度该单位由其他分工会组成", "The unit was made of other branches in the earlier wave.")
DIMENSIONS = (
    DimensionInfo("q_proactive", "question", Text("是否积极主动", "Were difficulties tackled proactively?"), 0.3),
    DimensionInfo("q_solved", "question", Text("解决了多少困难", "How many were solved?"), 0.4),
    DimensionInfo("q_satisfied", "question", Text("群众是否满意", "Are staff satisfied?"), 0.3),
    DimensionInfo("org_sound", "criterion", Text("组织健全", "Organisation sound"), 0.15),
    DimensionInfo("rights_upheld", "criterion", Text("维权到位", "Rights upheld"), 0.2),
)


def score(value: int, base: int = 60) -> Score:
    return Score(value, value - 4, value + 3, base)


def dimension(place: int, value: int, label: ClassLabel | None, change: WaveChange) -> DimensionScore:
    info = DIMENSIONS[place]
    return DimensionScore(
        info.id, info.group, score(value + place), Standing(label), change, unaware_percent=10 + place
    )


def unit(
    unit_id: str,
    name: Text,
    unit_type: str,
    value: int,
    labels: tuple[ClassLabel | None, ...],
    band: Band = "advanced",
    response: int = 66,
) -> UnitAssessment:
    """A unit whose dimensions go up from `value`; `labels` are those of its five dimensions."""
    change = WaveChange("no_clear_change", value - 1, value, 1, -4, 6)
    return UnitAssessment(
        unit=unit_id,
        name=name,
        unit_type=unit_type,
        n_eligible=100,
        n_responding=response,
        response_percent=response,
        band=band,
        voice=score(value),
        standing=Standing(labels[0]),
        change=change,
        places=PlaceRange(2, 4, 4, (1,)),
        adjusted=score(value - 1),
        official_rate=score(92),
        dimensions=tuple(dimension(place, value, label, change) for place, label in enumerate(labels)),
        cases=Cases(50, 30, 20, 12, 6, 5, 7, score(45), score(50), score(40)),
        conditions=(
            BandCondition("model", "staff_voice", 78, value, value >= 78),
            BandCondition("model", "response_rate", 60, response, response >= 60),
            BandCondition("model", "no_open_flag", None, None, met=True),
            BandCondition("advanced", "staff_voice", 70, value, value >= 70),
            BandCondition("advanced", "response_rate", 50, response, response >= 50),
        ),
    )


PLAIN: tuple[ClassLabel | None, ...] = ("not_distinguishable",) * 5


def units() -> tuple[UnitAssessment, ...]:
    law = unit("B09", Text("法学院", "Law"), "academic", 88, ("above",) * 5, "model")
    medicine = unit("B15", Text("医学院", "Medicine"), "academic", 72, (*PLAIN[:4], "below"), "qualified", 47)
    offices = unit("B16", Text("机关", "Central Administration"), "administrative", 77, PLAIN)
    flagged = replace(
        unit("B06", Text("电气学院", "Electrical Engineering"), "academic", 91, ("above",) * 5),
        flags=(OpenFlag("straight_lining", 55, 25),),
        notes=("flagged",),
        conditions=(BandCondition("model", "no_open_flag", None, None, met=False),),
    )
    press = replace(
        unit("B21", Text("出版社", "University Press"), "support", 64, PLAIN, "qualified", 59),
        adjusted=Score(reason=TOO_FEW),
        vetoes=(EnteredVeto("未按期换届", "2026-10-12"),),
        change=WaveChange(reason=OTHER_BRANCHES),
        places=PlaceRange(3, 4, 4, (2,)),
    )
    press = replace(press, dimensions=(*press.dimensions[:3], DimensionScore("org_sound", "criterion", Score(reason=TOO_FEW)), press.dimensions[4]))  # fmt: skip
    retired = replace(
        unit("B24", Text("离退休教职工", "Retired staff"), "retired", 92, (None,) * 5),
        notes=("apart",),
        standing=Standing(reason=APART),
        places=None,
    )
    return law, medicine, flagged, offices, press, retired


def assessed(wave: str = "2026", lift: int = 0) -> ReleasedAssessment:
    """The assessment of a wave; `lift` moves the university's scores. The press was called something else in 2025."""
    own = units()
    if wave == "2025":
        own = (*(replace(each, vetoes=()) for each in own if each.unit != "B16"), unit("B30", Text("老干部处", "Old office"), "administrative", 70, PLAIN))  # fmt: skip
        own = tuple(replace(each, name=Text("校出版社", "The Press")) if each.unit == "B21" else each for each in own)
    before = str(int(wave) - 1)
    dimensions = tuple(dimension(place, 75 + lift, None, WaveChange()) for place in range(len(DIMENSIONS)))
    return ReleasedAssessment(
        wave=wave,
        wave_before=before if wave == "2026" else None,
        version="2026.1, scoring 1",
        polls=tuple(
            AssessedPoll(f"{poll}-{wave}", questionnaire, wave, "ab" * 32)
            for poll, questionnaire in (("home", "staff_home_annual"), ("needs", "needs_annual"))
            if (poll, wave) != ("needs", "2025")  # the first year had no needs survey
        ),
        dimensions=DIMENSIONS,
        university=UniversityAssessment(
            700,
            431,
            score(75 + lift, 431),
            dimensions=dimensions,
            cases=Cases(409, 204, 150, 96, 20, 30, 58, score(52, 204)),
        ),
        units=own,
    )
