"""Cards of what follows from the figures: quality flags and proposed bands."""

from collections.abc import Mapping
from typing import Any

from analysis.assessment.bands import ORDER
from analysis.assessment.measures import layout
from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.frame import Text

_NONE = Text("无", "none")
_BAND_NAMES = {
    "model": Text("模范", "model"),
    "advanced": Text("先进", "advanced"),
    "qualified": Text("合格", "qualified"),
}
_CONDITIONS = {
    "official_rate": Text("上报满意率 ≥", "official rate >="),
    "staff_voice": Text("B ≥", "B >="),
    "staff_voice_lower80": Text("B 的下限 ≥", "lower bound of B >="),
    "response_rate": Text("应答率 ≥", "response >="),
    "each_criterion": Text("每条标准 ≥", "each criterion >="),
}


def flags_card(scheme: Scheme) -> MethodCard:
    """Quality flags."""
    straight, jump, trust = (scheme.flag(name) for name in ("straightlining", "response_jump", "low_trust"))
    above, times = float(straight["share_above"]), float(straight["times_median"])
    points, below = float(jump["points_above"]), float(trust["score_below"])
    return MethodCard(
        id="flags",
        title=Text("质量提示", "Quality flags"),
        meaning=Text("请再看一眼，从不自动扣分", "a second look, never a penalty"),
        formula=Text(
            f"标准各题全部选同一项的人超过 {share(above)} 且超过全校中位数的 {number(times)} 倍；同时应答率上升超过 {number(points)} 个百分点；对匿名的信任低于 {number(below)} 分",
            f"one answer to every item of the criteria by more than {share(above)} and more than {number(times)} x the university's median; with it a rise in response of more than {number(points)} points; trust in anonymity below {number(below)}",
        ),
        base=Text(f"至少 {scheme.minimum('figure')} 人", f"at least {scheme.minimum('figure')} respondents"),
        weights=_NONE,
        interval=Text("有、无这些答卷的综合分并列", "the composite with and without these answers side by side"),
        misleads=Text(
            "总有少数人确实这样想；不用作答时间（没有记录）", "a few do think so; times are not used (none are stored)"
        ),
        version=scheme.version,
    )


def bands_card(scheme: Scheme) -> MethodCard:
    """Proposed bands."""
    rules = [(name, scheme.scoring.bands[name]) for name in reversed(ORDER) if name in scheme.scoring.bands]
    told = {
        language: "; ".join(
            f"{_BAND_NAMES[name].in_language(language)}: {_rule(rule, language)}" for name, rule in rules
        )
        for language in ("zh", "en")
    }
    criteria = sum(each.group == "criteria" for each in layout(scheme).dimensions)
    return MethodCard(
        id="bands",
        title=Text("等次（建议）", "Bands (proposed)"),
        meaning=Text(
            "合格、先进、模范职工之家；由委员会决定", "qualified, advanced, model Staff Home; the committee decides"
        ),
        formula=Text(told["zh"], told["en"]),
        base=Text(
            f"至少 {scheme.minimum('split')} 份答卷和 {scheme.minimum('branch_members')} 名会员，否则“本年不评”，不是差评",
            f"at least {scheme.minimum('split')} respondents and {scheme.minimum('branch_members')} members, else not rated this year, which is no bad mark",
        ),
        weights=Text(f"{criteria} 条标准逐条看", f"each of the {criteria} criteria by itself"),
        interval=Text(
            f"下限为 {share(scheme.method.band_confidence)} 误差范围的下端",
            f"bounds are lower ends of the {share(scheme.method.band_confidence)} interval",
        ),
        misleads=Text(
            "69 和 71 没有差别；一票否决由校工会录入，与分数分开",
            "69 and 71 are alike; vetoes are entered by the university union, apart from scores",
        ),
        version=scheme.version,
    )


def _rule(rule: Mapping[str, Any], language: str) -> str:
    parts = []
    for name, value in rule.items():
        if name == "no_open_flag":
            parts.append({"zh": "S 可评，无未解除的质量提示", "en": "S assessable, no open quality flag"}[language])
        elif value == "university_mean":
            parts.append(
                f"{_CONDITIONS[name].in_language(language)} {'各单位 B 按会员数的平均' if language == 'zh' else 'mean B of the units by members'}"
            )
        else:
            told = share(value) if name in ("official_rate", "response_rate") else number(value)
            parts.append(f"{_CONDITIONS[name].in_language(language)} {told}")
    return ("，" if language == "zh" else ", ").join(parts)
