"""Cards of how it is worked out: weights, variance, shrinkage, classes, ranks, sensitivity, changes, flags, bands."""

from collections.abc import Mapping
from typing import Any

from analysis.assessment.bands import ORDER
from analysis.assessment.measures import layout
from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.estimation.weights import CAP, MOST_UNKNOWN, SMALLEST_CELL
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


def procedure_cards(scheme: Scheme) -> tuple[MethodCard, ...]:
    """The cards of the method, in the order in which it is carried out."""
    makers = (
        _weights,
        _variance,
        _shrinkage,
        _classes,
        _ranks,
        _tipping,
        _sensitivity,
        _changes,
        _adjusted,
        _flags,
        _bands,
    )
    return tuple(maker(scheme) for maker in makers)


def _weights(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="weights",
        title=Text("权重", "Weights"),
        meaning=Text("每份答卷代表本单位同类岗位的多少人", "how many members of its category one answer stands for"),
        formula=Text(
            "w = N_类别 / n_类别；未说明类别者 w = N / n，其余人分摊余下部分",
            "w = N_category / n_category; who tells none gets N / n and the others share the rest",
        ),
        base=Text(
            f"类别内少于 {SMALLEST_CELL} 人并入人数最多的类别；超过 {share(MOST_UNKNOWN)} 未说明则全单位为一层",
            f"a category with under {SMALLEST_CELL} answers joins the largest; above {share(MOST_UNKNOWN)} unknown the unit is one cell",
        ),
        weights=Text(
            f"上限为单位中位数的 {number(CAP)} 倍；只在单位内加权",
            f"at most {number(CAP)} x the unit's median; within units only",
        ),
        interval=Text("印出有效样本量 (Σw)² / Σw²", "printed as n_eff = (sum w)^2 / sum w^2"),
        misleads=Text(
            "同类岗位里不答的人若想法不同，加权帮不上：看“翻转差距”",
            "if the silent of a category think otherwise, weights do not help: see Tipping gap",
        ),
        version=scheme.version,
    )


def _variance(scheme: Scheme) -> MethodCard:
    prior = number(scheme.method.prior_degrees)
    return MethodCard(
        id="variance",
        title=Text("方差", "Variance"),
        meaning=Text(
            "如果是另一批同事作答，数字会有多大出入", "how far off the figure could be had other colleagues answered"
        ),
        formula=Text(
            f"u = Σ权重·w·d·(y − R) / Σw·d；V = Σ_层 (1 − n/N)·n/(n−1)·Σ(u − ū)²；V* = (ν·V + {prior}·V_合并) / (ν + {prior})",
            f"u = sum(weight w d (y - R) / sum w d); V = sum over cells (1 - n/N) n/(n-1) sum (u - mean u)^2; V* = (nu V + {prior} V_pooled) / (nu + {prior})",
        ),
        base=Text("层 = 单位 × 岗位类别；ν = Σ(n_层 − 1)", "cell = unit x staff category; nu = sum (n_cell - 1)"),
        weights=Text(
            "不同问卷相互独立；可能说同一件事的分项按完全相关处理（标准误相加）",
            "polls are independent; components that may tell of the same case are taken as fully dependent (standard errors add)",
        ),
        interval=Text(
            f"{share(scheme.method.confidence)}，t 分布，自由度 ν + {prior}（多份问卷按 Satterthwaite）",
            f"{share(scheme.method.confidence)}, t with nu + {prior} degrees of freedom (Satterthwaite over polls)",
        ),
        misleads=Text(
            "只说本年度现有会员；年度之间的变化不用有限总体",
            "about this year's staff; changes between years do without the finite population",
        ),
        version=scheme.version,
    )


def _shrinkage(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="shrinkage",
        title=Text("收缩估计", "Shrunk figure"),
        meaning=Text(
            "小单位的数字向全校靠拢，信度越低靠得越多",
            "a small unit's figure moves towards the university's, the more the less reliable it is",
        ),
        formula=Text(
            "C|θ ~ N(θ, V*)，θ ~ N(μ, τ² + S²/N)；L = a/(a + V*)，a = τ² + S²/N；估计 = L·C + (1−L)·μ，对 τ 积分",
            "C|theta ~ N(theta, V*), theta ~ N(mu, tau^2 + S^2/N); L = a/(a + V*), a = tau^2 + S^2/N; figure = L C + (1 - L) mu, integrated over tau",
        ),
        base=Text("在职、已评的单位，至少 3 个", "assessed in-service units, at least 3"),
        weights=_NONE,
        interval=Text(
            f"{share(scheme.method.confidence)} 后验区间", f"{share(scheme.method.confidence)} posterior interval"
        ),
        misleads=Text(
            "旁边总有未收缩的数字；两单位不能靠区间是否重叠来比",
            "the unshrunk figure stands beside it; units are not compared by overlapping intervals",
        ),
        version=scheme.version,
    )


def _classes(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="classes",
        title=Text("分组：明显高于、明显低于、分不出", "Class: clearly above, clearly below, not distinguishable"),
        meaning=Text("与全校其余单位（按人数）相比", "against the rest of the university, weighted by members"),
        formula=Text(
            f"d = θ − 其余单位均值；p₊ = P(d > {number(method.smallest_difference)})，p₋ = P(d < −{number(method.smallest_difference)})；l = 1 − max(p₊, p₋)；按 l 排序，取平均 l ≤ {number(method.error_cut)} 的最长一段",
            f"d = theta - mean of the rest; p+ = P(d > {number(method.smallest_difference)}), p- = P(d < -{number(method.smallest_difference)}); l = 1 - max(p+, p-); sorted by l, the longest run with mean l <= {number(method.error_cut)}",
        ),
        base=Text("在职、已评的单位；离退休单列", "assessed in-service units; the retired apart"),
        weights=Text(
            f"差 {number(method.smallest_difference)} 分以内视为无实际意义",
            f"differences within {number(method.smallest_difference)} points do not matter",
        ),
        interval=Text("印出 p₊ 和 p₋", "p+ and p- are printed"),
        misleads=Text(
            "“分不出”不是中等，是数据不足以区分；质量提示未解除的单位，去掉全部选同一项的答卷后仍成立才算",
            "“not distinguishable” is no mark; a flagged unit keeps a class only if it holds without the pressed answers",
        ),
        version=scheme.version,
    )


def _ranks(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="ranks",
        title=Text("名次范围和并列档", "Rank interval and tiers"),
        meaning=Text(
            "单位可能处于第几到第几；同档单位分不出高低",
            "the places a unit may have; units that share a tier cannot be told apart",
        ),
        formula=Text(
            f"{method.rank_draws} 次联合抽样（固定种子 {method.seed}），名次的 {share(method.rank_share)} 区间；两单位一方更高的概率达 {share(method.tier_certainty)} 才算分得出（不用有限总体）",
            f"{method.rank_draws} joint draws (fixed seed {method.seed}), {share(method.rank_share)} of the ranks; two units are told apart if one is higher with probability {share(method.tier_certainty)} (without finite population)",
        ),
        base=Text("在职、已评的单位", "assessed in-service units"),
        weights=_NONE,
        interval=Text(f"{share(method.rank_share)}，逐单位", f"{share(method.rank_share)}, one unit at a time"),
        misleads=Text("从不给单一名次", "never a single rank"),
        version=scheme.version,
    )


def _tipping(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="tipping_gap",
        title=Text("翻转差距", "Tipping gap"),
        meaning=Text(
            "没有作答的人要差（或好）多少，分组才会消失",
            "how much worse (or better) the silent would have to be for the class to go",
        ),
        formula=Text(
            f"(|d| − {number(method.smallest_difference)}) / (1 − 应答率)",
            f"(|d| - {number(method.smallest_difference)}) / (1 - response)",
        ),
        base=Text("已分组的单位", "units with a class"),
        weights=_NONE,
        interval=_NONE,
        misleads=Text(
            f"小于 {number(method.tipping_warning)} 分时提醒；没有作答时间，因此不能比较先答和后答",
            f"below {number(method.tipping_warning)} points it warns; no times are stored, so early and late cannot be compared",
        ),
        version=scheme.version,
    )


def _sensitivity(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="sensitivity",
        title=Text("对权重的依赖", "Dependence on the weights"),
        meaning=Text("换一组相近的权重，分组还在不在", "whether the class stays with other weights near these"),
        formula=Text(
            f"{method.weight_draws} 组权重 ~ Dirichlet({number(method.weight_concentration)} × 公布权重)；另逐项去掉一项，并改用几何平均",
            f"{method.weight_draws} weights ~ Dirichlet({number(method.weight_concentration)} x published); also each left out, and the geometric mean",
        ),
        base=Text("在职、已评的单位", "assessed in-service units"),
        weights=Text("原权重为中心", "centred on the published ones"),
        interval=Text(f"名次的 {share(method.rank_share)} 范围", f"{share(method.rank_share)} of the ranks"),
        misleads=Text(
            f"分组保持不足 {share(method.stable_share)} 时标“取决于权重”；不是结论正确的概率",
            f"below {share(method.stable_share)} it says “depends on the weights”; not the chance that the class is right",
        ),
        version=scheme.version,
    )


def _changes(scheme: Scheme) -> MethodCard:
    rate = share(scheme.method.false_discovery_rate)
    return MethodCard(
        id="changes",
        title=Text("与上年相比", "Change since last wave"),
        meaning=Text("变好、无明显变化、变差", "improved, no clear change, worsened"),
        formula=Text(
            f"t = (今年 − 去年) / √(V*今年 + V*去年)，Welch 自由度；各单位的 p 按 Benjamini–Hochberg 校正，{rate}",
            f"t = (now - before) / sqrt(V*_now + V*_before), Welch; p over units by Benjamini-Hochberg at {rate}",
        ),
        base=Text(
            "两年都有、由同样分工会组成的单位；只比两年都有的分项，权重相同",
            "units in both waves made of the same branches; only what both have, with the same weights",
        ),
        weights=_NONE,
        interval=Text(
            f"差值的 {share(scheme.method.confidence)} 区间，不用有限总体",
            f"{share(scheme.method.confidence)} of the difference, without finite population",
        ),
        misleads=Text(
            "“无明显变化”不等于没有变化：小单位只看得出大变化",
            "“no clear change” is not no change: small units show only large ones",
        ),
        version=scheme.version,
    )


def _adjusted(scheme: Scheme) -> MethodCard:
    method = scheme.method
    return MethodCard(
        id="adjusted",
        title=Text("按岗位和年龄调整后的综合分", "Composite adjusted for staff category and age"),
        meaning=Text("如果本单位的岗位和年龄构成与全校相同", "what it would be with the university's mix"),
        formula=Text(
            "单位内最小二乘估计岗位、年龄差异；调整值 = C − k′(本单位构成 − 全校构成)·差异",
            "category and age effects by least squares within branches; adjusted = C - k'(mix of unit - mix of university) x effects",
        ),
        base=Text(
            f"占本单位 {share(method.support_share)} 以上的岗位，在其他单位不足 {method.support_respondents} 人作答时不给",
            f"withheld where a category of {share(method.support_share)} or more of the unit has under {method.support_respondents} respondents elsewhere",
        ),
        weights=Text("构成按权重计；案例类分项不调整", "mixes weighted; components about cases are not adjusted"),
        interval=Text(
            f"{share(method.confidence)}，含差异估计的误差",
            f"{share(method.confidence)}, with the error of the effects",
        ),
        misleads=Text("不代替原始数字，两列并列", "never in place of the figure as answered: two columns"),
        version=scheme.version,
    )


def _flags(scheme: Scheme) -> MethodCard:
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


def _bands(scheme: Scheme) -> MethodCard:
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
                f"{_CONDITIONS[name].in_language(language)} {'全校平均' if language == 'zh' else 'mean of the units'}"
            )
        else:
            told = share(value) if name in ("official_rate", "response_rate") else number(value)
            parts.append(f"{_CONDITIONS[name].in_language(language)} {told}")
    return ("，" if language == "zh" else ", ").join(parts)
