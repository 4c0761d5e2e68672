"""Cards of how a figure is estimated: weights, variance, shrinkage, and the column adjusted for the mix of staff."""

from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.poll_moments import FEWEST_FOR_SPREAD
from analysis.assessment.scheme import Scheme
from analysis.estimation.weights import CAP, MOST_UNKNOWN, SMALLEST_CELL
from analysis.frame import Text
from analysis.units.pooling import FEWEST_UNITS

_NONE = Text("无", "none")


def weights_card(scheme: Scheme) -> MethodCard:
    """How answers are weighted."""
    return MethodCard(
        id="weights",
        title=Text("权重", "Weights"),
        meaning=Text("每份答卷代表本单位同类岗位的多少人", "how many members of its category one answer stands for"),
        formula=Text(
            "w = N_类别 / n_类别 × 说明类别的人所占比例；未说明类别者 w = N / n",
            "w = N_category / n_category x share of those who told theirs; who tells none gets N / n",
        ),
        base=Text(
            f"类别内作答少于 {SMALLEST_CELL} 人或多于会员数的，并入作答最多的类别；超过 {share(MOST_UNKNOWN)} 未说明则全单位为一层；没有人数资料或答卷多于会员，每份答卷 w = 1",
            f"a category with under {SMALLEST_CELL} answers, or more answers than members, joins the one with most answers; above {share(MOST_UNKNOWN)} unknown the unit is one cell; without head counts, or with more answers than members, every w = 1",
        ),
        weights=Text(
            f"上限为单位中位数的 {number(CAP)} 倍，超出的截去后按比例放大到原来的合计；只在单位内加权",
            f"at most {number(CAP)} x the unit's median, then all scaled back to the old sum; within units only",
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
            f"每人 u = Σ_题 k·w·d·(y − R) / Σw·d；V = Σ_层 (1 − n/N)·n/(n−1)·Σ(u − ū)²；V_合并 = S²·Σ_层 W²·(1 − n/N)/n；V* = (ν·V + {prior}·V_合并) / (ν + {prior})",
            f"of each person u = sum over measures k w d (y - R) / sum w d; V = sum over cells (1 - n/N) n/(n-1) sum (u - mean u)^2; V_pooled = S^2 sum over cells W^2 (1 - n/N) / n; V* = (nu V + {prior} V_pooled) / (nu + {prior})",
        ),
        base=Text(
            f"k 为该题在这个数字里的权重，d 为 1（答了）或 0；层 = 单位 × 岗位类别，N 为层内权重之和，W = N / 单位会员数，ν = Σ(n − 1)；S² = Σ(n/W)²·Σ(u − ū)² / Σ(n − 1)，全校在职单位合并，该题少于 {FEWEST_FOR_SPREAD} 人回答的单位不计",
            f"k the measure's weight in the figure, d 1 if answered, else 0; cell = unit x staff category, N the sum of its weights, W = N / members of the unit, nu = sum (n - 1); S^2 = sum (n/W)^2 sum (u - mean u)^2 / sum (n - 1) over all in-service units with {FEWEST_FOR_SPREAD} answers or more to the measure",
        ),
        weights=Text(
            "不同问卷相互独立；可能说同一件事的分项按完全相关处理（标准误相加）",
            "polls are independent; components that may tell of the same case are taken as fully dependent (standard errors add)",
        ),
        interval=Text(
            f"{share(scheme.method.confidence)}，t 分布，自由度 ν + {prior}；多份问卷 (Σv)² / Σ(v²/(ν + {prior}))，v 为各问卷的方差",
            f"{share(scheme.method.confidence)}, t with nu + {prior} degrees of freedom; over several polls (sum v)^2 / sum (v^2 / (nu + {prior})), v the variance of each",
        ),
        misleads=Text(
            "只说本年度现有会员；年度之间的变化和服务回访等不知总数的问卷不用有限总体（n/N 取 0）",
            "about this year's staff; changes between years, and polls of whoever was concerned, do without the finite population (n/N = 0)",
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
            "C|θ ~ N(θ, V*)，θ ~ N(μ, τ² + S²/N)；L = a/(a + V*)，a = τ² + S²/N，q = 1/(a + V*)，μ = ΣqC/Σq；估计 = L·C + (1−L)·μ，按 τ 的可能性 ∏√q·(Σq)^(−1/2)·exp(−Σq(C − μ)²/2) 平均；μ、τ 无先验偏好",
            "C|theta ~ N(theta, V*), theta ~ N(mu, tau^2 + S^2/N); L = a/(a + V*), a = tau^2 + S^2/N, q = 1/(a + V*), mu = sum q C / sum q; figure = L C + (1 - L) mu, averaged over tau by its likelihood, product of sqrt(q) x (sum q)^(-1/2) x exp(-sum q (C - mu)^2 / 2); mu and tau flat",
        ),
        base=Text(
            f"在职、已评的单位，至少 {FEWEST_UNITS} 个；N 为会员数，S² 见“方差”",
            f"assessed in-service units, at least {FEWEST_UNITS}; N members, S^2 as in Variance",
        ),
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
            f"只用在职、岗位和年龄都说明的人；占本单位 {share(method.support_share)} 以上的岗位在其他单位不足 {method.support_respondents} 人作答，或超过 {share(MOST_UNKNOWN)} 没有说明岗位或年龄时不给",
            f"those in service who told both; withheld where a category of {share(method.support_share)} or more of the unit has under {method.support_respondents} respondents elsewhere, or more than {share(MOST_UNKNOWN)} told no category or age",
        ),
        weights=Text(
            "构成按权重计；不到一半人评分的题和案例类分项不调整",
            "mixes weighted; measures that fewer than half rate, and those about cases, are not adjusted",
        ),
        interval=Text(
            f"{share(method.confidence)}，含差异估计的误差",
            f"{share(method.confidence)}, with the error of the effects",
        ),
        misleads=Text("不代替原始数字，两列并列", "never in place of the figure as answered: two columns"),
        version=scheme.version,
    )
