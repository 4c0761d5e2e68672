"""Why an officer has no result, or none of one kind, in both languages."""

from analysis.frame import Text

RETIRED = Text("离退休分会干部不参加民主评议", "Officers of the retired members' branch are not appraised.")
SMALL_BRANCH = Text(
    "分工会会员少于规定人数，不评议", "Not appraised: the branch has fewer members than the rule asks for."
)
HALF_YEAR = Text("任职时间不足，不评议", "Not appraised: not long enough in post.")
NO_PAGE = Text("本次评议没有这位干部的页面", "The appraisal had no page of this officer.")
TOO_FEW_GRADERS = Text("评议人数少于规定下限，本年不评定等次", "Not graded this year: fewer graders than the minimum.")
TOO_SMALL_A_SHARE = Text(
    "评议人数占会员的比例低于规定下限，本年不评定等次", "Not graded this year: too small a share of the members graded."
)
TOO_FEW_RATINGS = Text("逐项评价的人数少于规定下限", "Fewer members than the minimum rated this.")
NOBODY_LEFT_OUT = Text(
    "没有人表示“没有工作接触”，两种结果相同", "Nobody graded without contact: both results are the same."
)
TOO_FEW_LEFT_OUT = Text(
    "表示“没有工作接触”的人太少：两个结果相减会透露他们的评分，不单独列出",
    "Too few graded without contact: the difference of the two results would tell their grades.",
)
