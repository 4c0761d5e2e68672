"""The assessment's codes in plain words: classes, changes, bands, conditions, flags and notes."""

from dataclasses import dataclass

from analysis.disclosure.released_assessment import BandCondition, OpenFlag, PlaceRange, Score, Standing, WaveChange
from survey_app.web.languages import gettext as _
from survey_app.web.readings import spoken

BANDS = ("model", "advanced", "qualified", "below_qualified", "not_rated")
#: The band above: what a unit of a band has not reached yet.
ABOVE = {"advanced": "model", "qualified": "advanced", "below_qualified": "qualified"}
#: The card of the method that tells how each thing is worked out.
CARDS = {
    "voice": "staff_voice",
    "classes": "classes",
    "changes": "changes",
    "places": "ranks",
    "adjusted": "adjusted",
    "bands": "bands",
    "flags": "flags",
    "shrunk": "shrinkage",
    "official": "official_rate",
    "weights": "weights",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A comparison in words; `way` is "up", "down" or "same" and only stands beside the words, never for them."""

    words: str
    way: str = "same"


def band_name(band: str) -> str:
    return {
        "model": _("模范"),
        "advanced": _("先进"),
        "qualified": _("合格"),
        "below_qualified": _("未达合格"),
    }.get(band, _("不评定"))


def dimension_noun(dimension_id: str) -> str:
    """The three questions as nouns; empty for anything else, which has a name of its own."""
    return {
        "q_proactive": _("主动帮助"),
        "q_solved": _("解决困难"),
        "q_satisfied": _("总体满意"),
    }.get(dimension_id, "")


def class_words(label: str | None) -> str:
    return {
        "above": _("明显高于其他单位"),
        "below": _("明显低于其他单位"),
        "not_distinguishable": _("与其他单位看不出差别"),
    }.get(label or "", _("不作比较"))


def change_words(label: str | None) -> str:
    return {
        "improved": _("比上一年好，超出误差范围"),
        "worsened": _("比上一年差，超出误差范围"),
        "no_clear_change": _("与上一年相比，看不出明显变化"),
    }.get(label or "", "")


def change_brief(label: str | None) -> str:
    """The same for a column that says it is about the year before."""
    return {
        "improved": _("变好"),
        "worsened": _("变差"),
        "no_clear_change": _("看不出明显变化"),
    }.get(label or "", "")


def change_verdict(change: WaveChange, now: Score, before: Score | None) -> Verdict | None:
    """This year against the last: the tested label; without a test, whether the two intervals lie apart."""
    label = change.label or apart(now, before)
    if label is None:
        return Verdict(spoken(change.reason)) if change.reason else None
    return Verdict(change_words(label), {"improved": "up", "worsened": "down"}.get(label, "same"))


def brief(verdict: Verdict | None) -> Verdict | None:
    """A change in the few words of a column that says it is about the year before; a reason keeps its words."""
    if verdict is None:
        return None
    for label in ("improved", "worsened", "no_clear_change"):
        if verdict.words == change_words(label):
            return Verdict(change_brief(label), verdict.way)
    return verdict


def apart(now: Score, before: Score | None) -> str | None:
    """Intervals that do not touch are a clear change, whatever the test; touching ones say nothing (a cautious rule)."""
    if before is None or now.low is None or now.high is None or before.low is None or before.high is None:
        return None
    if now.low > before.high:
        return "improved"
    return "worsened" if now.high < before.low else "no_clear_change"


def standing_verdict(standing: Standing) -> Verdict | None:
    """A unit against the rest of the university."""
    if standing.label is None:
        return None
    return Verdict(class_words(standing.label), {"above": "up", "below": "down"}.get(standing.label, "same"))


def places_words(places: PlaceRange) -> str:
    """Where a unit may stand; a range of one place is told as what it means, for a single number would read as a rank."""
    if places.best != places.worst:
        return _(
            "第 %(best)s 到第 %(worst)s 之间，共 %(of)s 个单位", best=places.best, worst=places.worst, of=places.of
        )
    if places.best == 1:
        return _("在最高一端，与其余单位分得开")
    if places.best == places.of:
        return _("在最低一端，与其余单位分得开")
    return _("在中间，与相邻单位分得开")


def condition_missed(condition: BandCondition) -> str:
    """What a condition asks that was not reached, for a list of units: the figures stand beside their names."""
    values = {"wanted": condition.wanted, "band": band_name(condition.band)}
    return {
        "official_rate": _("上报口径满意率不到%(band)s要求的 %(wanted)s%%"),
        "staff_voice": _("群众评价得分低于%(band)s线 %(wanted)s"),
        "staff_voice_lower80": _("得分减去误差以后，低于%(band)s要求的 %(wanted)s"),
        "response_rate": _("作答率不到%(band)s要求的 %(wanted)s%%"),
        "each_criterion": _("有的标准低于%(band)s要求的 %(wanted)s 分"),
        "solved_assessable": _("“解决了多少”的回答太少，不能评"),
        "no_open_flag": _("有质量提示，先核实"),
        "no_veto": _("有一票否决事项"),
    }.get(condition.name, _("未达到%(band)s的一项条件")) % values


def condition_words(condition: BandCondition) -> str:
    """A condition with what was found and what is asked, for the page of one unit."""
    if condition.reason is not None and condition.found is None:
        return f"{condition_name(condition.name)}{_('：')}{spoken(condition.reason)}"
    values = {"found": condition.found, "wanted": condition.wanted, "band": band_name(condition.band)}
    met = condition.met is not False
    return {
        "official_rate": _("上报口径满意率 %(found)s%%，%(band)s要求 %(wanted)s%%"),
        "staff_voice": _("群众评价得分 %(found)s，%(band)s线 %(wanted)s"),
        "staff_voice_lower80": _("得分减去误差以后 %(found)s，%(band)s要求 %(wanted)s"),
        "response_rate": _("作答率 %(found)s%%，%(band)s要求 %(wanted)s%%"),
        "each_criterion": _("最低一条标准 %(found)s 分，%(band)s要求 %(wanted)s"),
        "solved_assessable": _("“解决了多少”可以评") if met else _("“解决了多少”的回答太少，不能评"),
        "no_open_flag": _("没有质量提示") if met else _("有质量提示，先核实"),
        "no_veto": _("没有一票否决事项") if met else _("有一票否决事项"),
    }.get(condition.name, condition.name) % values


def condition_name(name: str) -> str:
    return {
        "official_rate": _("上报口径满意率"),
        "staff_voice": _("群众评价得分"),
        "staff_voice_lower80": _("得分减去误差以后"),
        "response_rate": _("作答率"),
        "each_criterion": _("最低一条标准"),
    }.get(name, _("其他条件"))


def flag_words(flag: OpenFlag) -> str:
    """A quality flag as a sentence: a second look, never a penalty."""
    return {
        "straight_lining": _("%(value)s%% 的答卷全部选同一项，先核实"),
        "response_jump": _("作答率一年升了 %(value)s 个百分点，同时全选一项的多，先核实"),
        "low_trust": _("教职工对匿名的信任只有 %(value)s 分，结果要小心读"),
    }.get(flag.name, _("答卷有异常，先核实")) % {"value": flag.value}


def note_words(note: str) -> str:
    """A note of a unit in a sentence; notes that a page says elsewhere come back empty."""
    return {
        "tipping": _("没有作答的人若想法稍有不同，与其他单位的差别就会消失。"),
        "weights": _("换一组相近的权重，结论可能不同。"),
        "stand_in": _("有一个部分回答太少，综合分里用全校的得分代替。"),
        "no_head_count": _("没有可用的人数，作答率不计。"),
        "records": _("台账与教职工的说法相差较大，用台账之前先抽查。"),
    }.get(note, "")
