"""Method cards of the areas: rank scores, shares of a multiple choice, the learning gap."""

from analysis.assessment.method_cards import MethodCard
from analysis.assessment.scheme import VERSION
from analysis.frame import Text

_PLAIN = Text("不加权：每人一票", "none: one vote each")
_WILSON = Text("95% 威尔逊，计入有限总体", "95 % Wilson with finite population")
_T = Text("95% t 区间，计入有限总体", "95 % t with finite population")


def area_cards() -> tuple[MethodCard, ...]:
    """The cards of every figure of this package."""
    return (
        MethodCard(
            id="rank_score",
            title=Text("排序得分", "Rank score"),
            meaning=Text("教职工最希望公开、最先要办的事", "what staff most want opened or done first"),
            formula=Text(
                "第一位 3 分、第二位 2 分、第三位 1 分，未选 0 分；得分 = 100 × 平均分 / 3",
                "first place 3, second 2, third 1, not named 0; score = 100 x mean / 3",
            ),
            base=Text("至少排了一项的人；另列任何位次选到它的比例", "people who ranked anything; beside it the share who named it"),
            weights=_PLAIN,
            interval=_T,
            misleads=Text("3、2、1 是约定；前后相邻的两项常常分不出", "3, 2, 1 is a convention; neighbours can rarely be told apart"),
            version=VERSION,
        ),
        MethodCard(
            id="chosen_share",
            title=Text("多选题的比例", "Share of a multiple choice"),
            meaning=Text("从哪里了解、为什么没参加、喜欢怎样学习", "where staff learn of things, why they stay away, how they like to learn"),
            formula=Text("选该项的人 / 回答了本题的人", "people who chose it / people who answered"),
            base=Text("“不愿说明”不计；各项之和可超过 100%", "refusals are left out; shares add up to more than 100 %"),
            weights=_PLAIN,
            interval=_WILSON,
            misleads=Text("只代表被问到的人，例如没有参加活动的人", "speaks for those who were asked, such as those who stayed away"),
            version=VERSION,
        ),
        MethodCard(
            id="learning_gap",
            title=Text("学习需求差距", "Learning gap"),
            meaning=Text("重要而没有掌握的排在前面", "what is important and not mastered comes first"),
            formula=Text(
                "重要程度的平均 × （重要程度 − 目前水平）的平均；另列“重要程度高于水平”的人的比例",
                "mean importance x mean of (importance - level); beside it the share of people with importance above level",
            ),
            base=Text("两题都答的人；“与我无关”不计", "people who told both; does not concern me is left out"),
            weights=_PLAIN,
            interval=Text("差距：95% t（线性化）；比例：95% 威尔逊", "gap: 95 % t by linearisation; share: 95 % Wilson"),
            misleads=Text("没有单位，只用来排先后；自评水平往往偏高", "it has no unit and only orders; people rate themselves kindly"),
            version=VERSION,
        ),
    )  # fmt: skip
