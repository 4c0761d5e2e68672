"""Cards of what is told of everybody together and of a unit as a whole: response, halves, the university, the retired."""

from analysis.assessment.method_cards import MethodCard, number, share
from analysis.assessment.scheme import Scheme
from analysis.frame import Text

_NONE = Text("无", "none")


def whole_cards(scheme: Scheme) -> tuple[MethodCard, ...]:
    """The cards of this page."""
    return tuple(make(scheme) for make in (_response_card, _halves_card, _university_card, _spread_card, _retired_card))


def _response_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="response_rate",
        title=Text("应答率", "Response rate"),
        meaning=Text("应参加的人里有多少人作答", "how many of those who could answer did"),
        formula=Text("答卷数 / 会员数（主要问卷）", "answers / members (main poll)"),
        base=Text(
            "定稿时的会员名册；答卷多于会员时不给比例",
            "the roster when the poll was frozen; none if answers exceed members",
        ),
        weights=_NONE,
        interval=Text("清点所得，无误差范围", "counted, so none"),
        misleads=Text(
            f"不是好坏的标志：施压得来的 90% 不如自愿的 50%；低于 {share(scheme.method.response_indicative)} 时写明“仅供参考”",
            f"no mark of quality: 90 % under pressure tell less than 50 % free ones; below {share(scheme.method.response_indicative)} it says “indicative”",
        ),
        version=scheme.version,
    )


def _halves_card(scheme: Scheme) -> MethodCard:
    questions, criteria = share(scheme.half("three_questions")), share(scheme.half("criteria"))
    return MethodCard(
        id="halves",
        title=Text("三个问题合计、六条标准合计", "The three questions together, the criteria together"),
        meaning=Text(
            f"综合分的两半（{questions} 和 {criteria}）", f"the halves of the composite ({questions}, {criteria})"
        ),
        formula=Text(
            "Σ权重·得分 / Σ权重，权重同综合分", "sum weight x score / sum weight, weights as in the composite"
        ),
        base=Text(
            "该半须有一半以上权重可评；不可评的一项用全校该项代替",
            "at least half its weight; a dimension that is not assessable is replaced by the university's",
        ),
        weights=Text(
            "单位内按岗位类别人数加权（见“权重”）", "by head counts of staff categories within the unit (see Weights)"
        ),
        interval=Text(
            f"{share(scheme.method.confidence)}，t 分布（见“方差”）",
            f"{share(scheme.method.confidence)}, t distribution (see Variance)",
        ),
        misleads=Text("一项好可以掩盖另一项差：看各项", "a good part hides a bad one: read the parts"),
        version=scheme.version,
    )


def _university_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="university",
        title=Text("全校的得分", "The university's scores"),
        meaning=Text("全校在职会员的 P、S、T 和六条标准", "P, S, T and the criteria of all in-service members"),
        formula=Text(
            "每题：Σ_单位 s·R，s = 该单位答此题者的权重之和占全校的比例；再按分项权重合成；方差 Σs²·V*",
            "each measure: sum over units s R, s the unit's share of the weights of those who answered it; then by the weights of the components; variance sum s^2 V*",
        ),
        base=Text(
            "全部在职单位，包括人少而不单独评的", "all in-service units, also those too small to be assessed alone"
        ),
        weights=Text("单位内按岗位类别，单位之间按会员数", "by staff category within units, by members between them"),
        interval=Text(
            f"{share(scheme.method.confidence)}，t 分布，自由度 Σν + {number(scheme.method.prior_degrees)}",
            f"{share(scheme.method.confidence)}, t with sum nu + {number(scheme.method.prior_degrees)} degrees of freedom",
        ),
        misleads=Text("几乎无人作答的单位，少数人代表了全体", "in units that hardly answered, a few stand for all"),
        version=scheme.version,
    )


def _spread_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="spread",
        title=Text("单位之间的差异", "Spread between units"),
        meaning=Text("单位的真实水平通常相差多少分", "by how many points units truly differ, as a standard deviation"),
        formula=Text("τ 的后验中位数（见“收缩估计”）", "posterior median of tau (see Shrunk figure)"),
        base=Text("在职、已评的单位", "assessed in-service units"),
        weights=_NONE,
        interval=_NONE,
        misleads=Text(
            "不是分数表上看到的差异：那里面有抽样误差，总是更大",
            "not the spread of the scores one sees: that holds chance as well and is always larger",
        ),
        version=scheme.version,
    )


def _retired_card(scheme: Scheme) -> MethodCard:
    return MethodCard(
        id="retired",
        title=Text("离退休会员单列", "Retired members apart"),
        meaning=Text("离退休分会的数字照算，另外列出", "figures of the retired are made alike and stand apart"),
        formula=Text(
            "各项算法相同；不进入全校得分、分组、名次、调整值和 S² 的计算",
            "the same formulas; left out of the university's scores, classes, places, the adjusted column and S^2",
        ),
        base=Text("单位类型为离退休的单位", "units of the type retired"),
        weights=Text("同其他单位", "as for other units"),
        interval=Text("同其他单位", "as for other units"),
        misleads=Text(
            "离退休会员的满意度通常更高：不与在职单位相比；是否变化与其他单位一起校正",
            "the retired are usually more satisfied: not to be held against those in service; their change is adjusted for with the others",
        ),
        version=scheme.version,
    )
