"""Method cards of the officer appraisal, for the appraisal group and the officer."""

from analysis.appraisal.officers import AppraisalRules
from analysis.assessment.method_cards import MethodCard, share
from analysis.assessment.scheme import VERSION
from analysis.frame import LibraryScoring, Text

_PLAIN = Text("不加权：每人一票", "none: one vote each")
_WILSON = Text("95% 威尔逊，计入有限总体", "95 % Wilson with finite population")


def appraisal_cards(scoring: LibraryScoring, rules: AppraisalRules | None = None) -> tuple[MethodCard, ...]:
    """The cards of the grades, and of conduct and effect."""
    own = rules or AppraisalRules.of(scoring)
    version = f"{VERSION}, scoring {scoring.version}"
    grades = MethodCard(
        id="officer_grades",
        title=Text("民主评议等次分布", "Shares of the appraisal grades"),
        meaning=Text(
            f"本分工会会员对主席、副主席的评议；会员不足 {own.least_members} 人或任职不足 {own.least_months} 个月不评",
            f"members' grades of their chair or vice-chair; none in branches under {own.least_members} members or under {own.least_months} months in post",
        ),
        formula=Text(
            f"各等次人数 / 评定等次的人数；“不称职”超过 {share(round(own.talk_above, 3))} 时约谈；优秀不超过被评干部的 {share(own.most_excellent)}",
            f"people who gave the grade / people who graded; a talk above {share(round(own.talk_above, 3))} “not competent”; at most {share(own.most_excellent)} of officers excellent",
        ),
        base=Text(
            f"至少 {own.least_graders} 人、会员的 {share(own.least_share)}；“不了解”不计；另列去掉“没有工作接触”者的结果（这类人不足 {own.least_apart} 人时不列）",
            f"at least {own.least_graders} people and {share(own.least_share)} of the members; “not familiar” is no grade; also without those who had no contact (withheld where they are under {own.least_apart})",
        ),
        weights=_PLAIN,
        interval=_WILSON,
        misleads=Text(
            "不用于干部之间排名；不计入分工会的任何得分",
            "no ranking of officers; it enters no score of the branch",
        ),
        version=version,
    )
    scores = MethodCard(
        id="officer_scores",
        title=Text("工作作风与工作实效", "Conduct and effect"),
        meaning=Text(
            f"作风：{'、'.join(scoring.officer.conduct)}；实效：{'、'.join(scoring.officer.effect)}",
            f"conduct: {', '.join(scoring.officer.conduct)}; effect: {', '.join(scoring.officer.effect)}",
        ),
        formula=Text(
            f"每人：已答各题 {scoring.item_score} 的平均（至少答 2 题）；再取各人的平均",
            f"per rater: mean of {scoring.item_score} over the answered questions (at least 2); then the mean over raters",
        ),
        base=Text(f"有工作接触的人，至少 {own.least_graders} 人", f"people with contact, at least {own.least_graders}"),
        weights=_PLAIN,
        interval=Text("95% t 区间，计入有限总体", "95 % t with finite population"),
        misleads=Text("打分的人少，而且各不相同", "raters are few, and not the same from officer to officer"),
        version=version,
    )
    return grades, scores
