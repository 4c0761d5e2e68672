"""Method cards of needs and services: how many have a need, which come first, what meets them, which criterion matters."""

from analysis.assessment.method_cards import MethodCard
from analysis.frame import Text
from analysis.measurement.drivers import MOST_FOR_LMG
from analysis.measurement.importance import DRAWS
from analysis.needs.priorities import LEAST

_PLAIN = Text("不加权：每人一票", "none: one vote each")
_WILSON = Text("95% 威尔逊，计入有限总体", "95 % Wilson with finite population")


def need_cards(version: str) -> tuple[MethodCard, ...]:
    """The cards of this package, in the order of the page."""
    return (
        _shares(version),
        _severity(version),
        _leading(version),
        _first_minus_last(version),
        _worth(version),
        _services(version),
        _match(version),
        _priorities(version),
    )


def _shares(version: str) -> MethodCard:
    return MethodCard(
        id="need_shares",
        title=Text("需求：遇到的、最急的、最难的、最想请工会帮的", "Needs: had, most urgent, hardest, most wanted"),
        meaning=Text("四个问题，四个比例，从不相加", "four questions, four shares, never added up"),
        formula=Text("选择该需求的人 / 有效回答该题的人", "people who chose it / people who answered validly"),
        base=Text(
            "“遇到的”：回答了该题的全体；其余三个：遇到过困难并回答的人；拒答不计",
            "had: all who answered; the other three: those who met a difficulty and answered; refusals are left out",
        ),
        weights=_PLAIN,
        interval=_WILSON,
        misleads=Text(
            "少见的需求可以是当事人最急的；敏感的需求说的人比有的人少",
            "a rare need can be the most urgent of those who have it; sensitive ones are told less often than had",
        ),
        version=version,
    )


def _severity(version: str) -> MethodCard:
    return MethodCard(
        id="need_severity",
        title=Text("在有这项需求的人中最急的比例", "Most urgent among those who have it"),
        meaning=Text(
            "有这项需求的人里，多少人最急的就是它", "of those who have the need, for how many it is the most urgent"
        ),
        formula=Text("把它选为最急的人 / 遇到它的人", "people who name it most urgent / people who have it"),
        base=Text("遇到它的人", "people who have it"),
        weights=_PLAIN,
        interval=_WILSON,
        misleads=Text("有的人少时误差很大", "wide where few have it"),
        version=version,
    )


def _leading(version: str) -> MethodCard:
    return MethodCard(
        id="leading_needs",
        title=Text("排在前面的需求", "The needs that lead"),
        meaning=Text(
            "哪些确实排在前面，哪些在争其余的位置", "which are sure of their place and which compete for the rest"
        ),
        formula=Text(
            "确定：区间下端高于第一个落选者的数字；争位：其余入选者，和上端达到最后入选者的落选者",
            "sure: the lower end lies above the figure of the first left out; open: the others inside, and those outside whose upper end reaches the last one in",
        ),
        base=Text("全校在职会员", "all in-service members"),
        weights=_PLAIN,
        interval=Text("各比例自己的区间", "that of each share"),
        misleads=Text("前后次序本身说明不了什么", "the order within the list means little"),
        version=version,
    )


def _first_minus_last(version: str) -> MethodCard:
    return MethodCard(
        id="best_worst",
        title=Text("最先减最后", "First minus last"),
        meaning=Text("放在最先的次数减去放在最后的次数", "how much more often put first than last"),
        formula=Text("100 ×（最先 − 最后）/ 出现次数，−100—100", "100 x (first - last) / times shown, -100..100"),
        base=Text("在答过的屏上见到它的人", "people who saw it on a screen they answered"),
        weights=_PLAIN,
        interval=Text(
            "95% t：每人的残差（净次数 − 比值 × 出现次数），一个人的几屏不当作几个人",
            "95 % t over people by linearisation, net - ratio x shown: one person's screens are not taken for several people",
        ),
        misleads=Text(
            "只比先后，不说有多少人需要；与强项同屏多的会吃亏",
            "orders needs, counts nobody; one shown beside strong ones suffers",
        ),
        version=version,
    )


def _worth(version: str) -> MethodCard:
    return MethodCard(
        id="need_worth",
        title=Text("需求的分量", "Worth of a need"),
        meaning=Text(
            "如果全部列在一屏，多少人会把它放在最先", "how many would put it first if all stood on one screen"
        ),
        formula=Text(
            "条件 logit：P(最先 = i) = exp(b_i)/Σ同屏 exp(b)，P(最后 = i) = exp(−b_i)/Σ其余 exp(−b)，取似然最大的 b；分量 = 100·exp(b_i)/Σ exp(b)",
            "conditional logit: P(first = i) = exp(b_i) / sum on screen exp(b), P(last = i) = exp(-b_i) / sum of the rest exp(-b), b of greatest likelihood; worth = 100 exp(b_i) / sum exp(b)",
        ),
        base=Text("至少答了一屏的人，至少10人", "people who answered a screen, at least ten"),
        weights=_PLAIN,
        interval=Text(
            "95%，按人聚类的方差，在分量的 logit 上", "95 % on the logit of the worth, variance clustered by person"
        ),
        misleads=Text("两派人的平均不是任何一派的愿望", "the mean of two camps is the wish of neither"),
        version=version,
    )


def _services(version: str) -> MethodCard:
    return MethodCard(
        id="services",
        title=Text("服务：用过的、满意度、最想加强的", "Services: reach, satisfaction, to be strengthened"),
        meaning=Text(
            "多少人用过，用过的人怎么看，多少人最想加强", "how many used it, what users say, how many want more of it"
        ),
        formula=Text(
            "用过的人 / 回答的人；满意度 = 用过的人的平均分（0—100）；把它列入排序的人 / 参加排序的人",
            "users / people who answered; satisfaction = mean item score of users (0..100); people who ranked it / people who ranked",
        ),
        base=Text("满意度只算用过的人；“不了解”不计", "satisfaction: users only; don't know is left out"),
        weights=_PLAIN,
        interval=Text(
            "比例：95% 威尔逊；满意度：95% t；都计入有限总体",
            "shares: 95 % Wilson; satisfaction: 95 % t; with finite population",
        ),
        misleads=Text(
            "很少人用的服务往往满意度高：与用过的比例并看", "few users are often content: read it beside reach"
        ),
        version=version,
    )


def _match(version: str) -> MethodCard:
    return MethodCard(
        id="need_service",
        title=Text("需求与服务是否对得上", "Do services meet the needs?"),
        meaning=Text(
            "想要的人多而服务弱：先办；多而好：保持；少而好：看成本；少而弱：观察",
            "wanted by many and weak: act now; many and good: keep; few and good: review the cost; few and weak: watch",
        ),
        formula=Text(
            "多（少）：区间整个高于（低于）各需求的平均；好（弱）：满意度的区间整个高于（低于）各服务的平均；否则写“分不出”",
            "many (few): the interval lies wholly above (below) the mean over needs; good (weak): that of satisfaction wholly above (below) the mean over services; else “not distinguishable”",
        ),
        base=Text(
            "“最想请工会帮”的比例和用过者的满意度；两份问卷按单位相接，不按人",
            "share wanted and satisfaction of users; two polls are joined by unit, never by person",
        ),
        weights=_PLAIN,
        interval=Text("两个数字各自的区间", "those of both figures"),
        misleads=Text("分界线是相对的：总有一些在线下", "the lines are relative: something always lies below"),
        version=version,
    )


def _priorities(version: str) -> MethodCard:
    return MethodCard(
        id="priorities",
        title=Text("先抓哪条标准", "Which criterion to tackle first"),
        meaning=Text("与总体满意关系大而得分低的先抓", "what goes with satisfaction most and stands low comes first"),
        formula=Text(
            f"重要性：总体满意对六条标准的 R²，按加入的所有次序平均分摊（超过 {MOST_FOR_LMG} 项用 Johnson 法）；表现：平均分；分界 1/项数 和 各项平均",
            f"importance: R2 of overall satisfaction on the criteria shared out over all orders of entry (Johnson's weights above {MOST_FOR_LMG}); performance: mean score; lines 1 / number and the mean of the means",
        ),
        base=Text(f"各项都有的人，至少 {LEAST} 人", f"people with all of it, at least {LEAST}"),
        weights=_PLAIN,
        interval=Text(
            f"重要性：重抽 {DRAWS} 次的 95% 区间；表现：95% t；任一区间跨线写“分不出”",
            f"importance: 95 % of {DRAWS} bootstrap draws; performance: 95 % t; “not distinguishable” where either holds its line",
        ),
        misleads=Text(
            "相关不是因果；人人打分一样的项目显不出重要",
            "going with is not bringing about; what all rate alike cannot show its importance",
        ),
        version=version,
    )
