"""Cards of how units and years are compared: classes, ranks, the tipping gap, sensitivity to the weights, changes."""

from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.frame import Text

_NONE = Text("无", "none")


def classes_card(scheme: Scheme) -> MethodCard:
    """What a class says."""
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


def checks_card(scheme: Scheme) -> MethodCard:
    """The two tests beside a class."""
    rate = share(scheme.method.false_discovery_rate)
    return MethodCard(
        id="checks",
        title=Text("分组旁边的两个检验", "Two checks beside every class"),
        meaning=Text(
            "换一种算法，会不会说相反的话；不一致时写明，不撤销分组",
            "whether another way of testing says the opposite; a disagreement is said, the class stays",
        ),
        formula=Text(
            f"(1) t = (R − Σa·R其余) / √(V* + Σa²·V*其余)，a 为其余单位的会员比例，未收缩；(2) 曼–惠特尼：本单位与其余单位各取一个回答，本单位较高的比例（相同算一半）；各单位的 p 按 Benjamini–Hochberg 校正，{rate}",
            f"(1) t = (R - sum a R_rest) / sqrt(V* + sum a^2 V*_rest), a the shares of the rest in their members, unshrunk; (2) Mann-Whitney: of pairs of one answer here and one elsewhere the share in which the one here is higher, ties half; p over units by Benjamini-Hochberg at {rate}",
        ),
        base=Text(
            "(2) 用标准的每人得分，或问题中权重最大分项的单个回答；综合分由几份问卷合成，没有 (2)",
            "(2) ranks the scores of a criterion, or the answers to the heaviest component of a question; the composite spans questionnaires and has no (2)",
        ),
        weights=Text("(1) 加权；(2) 不加权，只看先后顺序", "(1) weighted; (2) plain answers, their order alone"),
        interval=_NONE,
        misleads=Text(
            "“没有发现”不是“不同意”：两个检验知道的都比分组少，(2) 不知道有限总体",
            "finding nothing is not contradicting: both know less than the class, (2) no finite staff",
        ),
        version=scheme.version,
    )


def ranks_card(scheme: Scheme) -> MethodCard:
    """Places and tiers."""
    method = scheme.method
    return MethodCard(
        id="ranks",
        title=Text("名次范围和并列档", "Rank interval and tiers"),
        meaning=Text(
            "单位可能处于第几到第几；同档单位分不出高低",
            "the places a unit may have; units that share a tier cannot be told apart",
        ),
        formula=Text(
            f"{method.rank_draws} 次联合抽样（固定种子 {method.seed}），名次的 {share(method.rank_share)} 区间；两单位一方更高的概率达 {share(method.tier_certainty)} 才算分得出（不用有限总体）；一档是按均值排列、其中任何两个都分不出的最长一段，档与档可以重叠",
            f"{method.rank_draws} joint draws (fixed seed {method.seed}), {share(method.rank_share)} of the ranks; two units are told apart if one is higher with probability {share(method.tier_certainty)} (without finite population); a tier is a longest run, by their means, of which no two are told apart; tiers overlap",
        ),
        base=Text("在职、已评的单位", "assessed in-service units"),
        weights=_NONE,
        interval=Text(f"{share(method.rank_share)}，逐单位", f"{share(method.rank_share)}, one unit at a time"),
        misleads=Text("从不给单一名次", "never a single rank"),
        version=scheme.version,
    )


def tipping_card(scheme: Scheme) -> MethodCard:
    """What the silent could undo."""
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


def sensitivity_card(scheme: Scheme) -> MethodCard:
    """Whether the weights decide."""
    method = scheme.method
    return MethodCard(
        id="sensitivity",
        title=Text("对权重的依赖", "Dependence on the weights"),
        meaning=Text("换一组相近的权重，分组还在不在", "whether the class stays with other weights near these"),
        formula=Text(
            f"{method.weight_draws} 组权重 ~ Dirichlet({number(method.weight_concentration)} × 公布权重)，τ 取 {method.weight_grid} 个格点；另逐项去掉一项，并改用几何平均",
            f"{method.weight_draws} weights ~ Dirichlet({number(method.weight_concentration)} x published), on {method.weight_grid} points of tau; also each left out, and the geometric mean",
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


def left_out_card(scheme: Scheme) -> MethodCard:
    """The composite without each dimension."""
    return MethodCard(
        id="left_out",
        title=Text("去掉一项后的综合分", "The composite without one dimension"),
        meaning=Text("哪一项左右了这个单位的结果", "which dimension decides what becomes of this unit"),
        formula=Text(
            "C₋d = (C − ω_d·R_d) / (1 − ω_d)，其余权重按比例不变；另注明分组是否改变",
            "C without d = (C - omega_d R_d) / (1 - omega_d), the other weights in proportion; also whether the class changes",
        ),
        base=Text("在职、已评的单位", "assessed in-service units"),
        weights=Text("公布的权重", "the published ones"),
        interval=_NONE,
        misleads=Text(
            "去掉低分项总会使综合分上升：数字大不等于这项重要",
            "leaving out a low dimension always lifts the composite: a large number does not make it important",
        ),
        version=scheme.version,
    )


def changes_card(scheme: Scheme) -> MethodCard:
    """This wave against the last."""
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
