"""Method cards of what a poll's release tells, and of how every published figure is rounded and when it is withheld."""

from analysis.assessment.method_cards import MethodCard
from analysis.disclosure.joining import FULL_BASE
from analysis.disclosure.released import Rules
from analysis.frame import Text

_PLAIN = Text(
    "不加权：每份答卷一票（加权的得分见年度评价各卡）",
    "none: one vote each (the yearly scores are weighted: see their cards)",
)
_RULES = Rules()


def release_cards(version: str) -> tuple[MethodCard, ...]:
    """The cards of this package."""
    return (_share_card(version), _score_card(version), _criterion_card(version), _published_card(version))


def _share_card(version: str) -> MethodCard:
    return MethodCard(
        id="item_share",
        title=Text(
            "一道题的比例（各选项、“非常满意＋比较满意”、“不了解”）",
            "Shares of one question (each answer, the top two, don't know)",
        ),
        meaning=Text("多少人这样回答", "how many answered so"),
        formula=Text(
            "选该项的人 / 有效回答的人；前两项 = 最高两个刻度合计（三个刻度以上）；“不了解” / (有效 + “不了解”)",
            "people who chose it / valid answers; top two = the two highest points (of three or more); don't know / (valid + don't know)",
        ),
        base=Text(
            "有效回答；空白、没问到和拒答不计", "valid answers; blanks, what was not asked and refusals are left out"
        ),
        weights=_PLAIN,
        interval=Text(
            "95% 威尔逊，n 换为 (n − 1) / (1 − n/N)，N = n × 会员数 / 答卷数",
            "95 % Wilson with (n - 1) / (1 - n/N) for n, N = n x members / answers to the poll",
        ),
        misleads=Text(
            "“前两项”在刻度数不同的题之间不可比", "the top two of scales with other numbers of points do not compare"
        ),
        version=version,
    )


def _score_card(version: str) -> MethodCard:
    return MethodCard(
        id="item_score",
        title=Text("一道题的平均分", "Mean score of one question"),
        meaning=Text("0—100，最低刻度 0，最高刻度 100", "0..100, the lowest point 0, the highest 100"),
        formula=Text(
            "Σ（刻度 − 最低）/（最高 − 最低）× 100 / 人数",
            "sum of (point - lowest) / (highest - lowest) x 100 / people",
        ),
        base=Text("有效回答；“不了解”不计，不当作中间", "valid answers; don't know is missing, never the middle"),
        weights=_PLAIN,
        interval=Text(
            "95% t：± t(n − 1)·√((1 − n/N)·s²/n)，N = n × 会员数 / 答卷数；回答完全一致时用威尔逊",
            "95 % t: -+ t(n - 1) sqrt((1 - n/N) s^2 / n), N = n x members / answers to the poll; Wilson's form where all agree",
        ),
        misleads=Text(
            "50 分可能人人“一般”，也可能一半一半：看分布",
            "50 may be all in the middle or half and half: see the distribution",
        ),
        version=version,
    )


def _criterion_card(version: str) -> MethodCard:
    return MethodCard(
        id="poll_criterion",
        title=Text("单次调查中一条标准的得分", "Score of a criterion in one poll"),
        meaning=Text("每人先平均，再对人平均", "the mean over people of each one's mean"),
        formula=Text(
            "每人：已答各题得分的平均；单位：对人平均",
            "per person the mean of the answered items; unit: mean over people",
        ),
        base=Text(
            "答够最少题数的人（见该标准的卡）",
            "people who answered the least number of items (see the criterion's card)",
        ),
        weights=_PLAIN,
        interval=Text("95% t，同一道题的平均分", "95 % t, as of a mean score"),
        misleads=Text(
            "与年度评价的同名得分可差几分：那里按岗位加权",
            "may lie some points off the yearly score of the same name, which is weighted",
        ),
        version=version,
    )


def _published_card(version: str) -> MethodCard:
    least, text = _RULES.minimum_base, _RULES.text_base
    return MethodCard(
        id="published",
        title=Text("公布时的取整和隐去", "How figures are published: rounding and withholding"),
        meaning=Text(
            "公布的数字为什么与手算差不到一分，为什么有的没有",
            "why a published figure differs by less than a point from one made by hand, and why some are missing",
        ),
        formula=Text(
            "数字四舍五入到整分；误差范围下端向下、上端向上取整；不到20份且几乎一致的合并为三档、均值取5的倍数".replace(
                "20", str(FULL_BASE)
            ),
            f"whole points, halves up; intervals rounded outward; under {FULL_BASE} answers that nearly all agree: joined into three levels, the mean in steps of five",
        ),
        base=Text(
            f"至少 {least} 人；留言和词至少 {text} 人；能由别的数字推出少于 {least} 人的，一并隐去",
            f"at least {least} people, {text} for comments and words; also withheld what would tell of fewer than {least} by subtraction",
        ),
        weights=Text(
            "若加权和不加权的数字并列能推出个别人的回答，只公布不加权的，并写明",
            "where a weighted beside an unweighted figure would tell what somebody answered, the unweighted alone is shown, and said to be",
        ),
        interval=Text("几乎一致时不给", "none where nearly all agree"),
        misleads=Text("“不公布”不是零，也不是没有人回答", "“withheld” is not zero, nor is it nobody"),
        version=version,
    )
