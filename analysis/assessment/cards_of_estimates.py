"""Cards of how a figure is estimated: weights, variance, shrinkage, and the column adjusted for the mix of staff."""

from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.estimation.weights import CAP, MOST_UNKNOWN, SMALLEST_CELL
from analysis.frame import Text

_NONE = Text("无", "none")


def weights_card(scheme: Scheme) -> MethodCard:
    """How answers are weighted."""
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


def variance_card(scheme: Scheme) -> MethodCard:
    """How sure a figure is."""
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


def shrinkage_card(scheme: Scheme) -> MethodCard:
    """How small units are shrunk."""
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


def adjusted_card(scheme: Scheme) -> MethodCard:
    """The second column."""
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
