"""Why a figure is missing, in words: the same English sentence everywhere, with its Chinese."""

from analysis.frame import Text
from analysis.reasons import in_words

NOT_ASKED = "the questionnaire did not ask this"
TOO_FEW_ANSWERS = "fewer answers than the minimum"
TOO_FEW_CASES = "too few cases"
HALF_MISSING = "less than half of its parts could be computed"
TOO_FEW_RESPONDENTS = "not assessed: fewer than ten respondents"
TOO_FEW_MEMBERS = "not assessed: fewer than ten members"
NOBODY = "nobody answered"
NO_HEAD_COUNT = "no usable head count"
APART = "retired members are shown apart and not classed with those in service"
NO_EARLIER_WAVE = "there is no earlier wave of this unit"
OTHER_BRANCHES = "the unit was made of other branches in the earlier wave"
NOTHING_COMPARABLE = "the two waves have no part in common that could be compared"
FLAG_OPEN = "a quality flag is open: the finding does not hold without the pressed answers"
CATEGORY_NOT_ASKED = "staff category or age was not asked or hardly given"
NO_SUPPORT = "too few respondents of its staff category work elsewhere"
NO_EVIDENCE = "no evidence was entered: the total is the staff voice alone"
NO_PART = "a part of the composite could not be computed"
TOO_FEW_UNITS = "too few units are left to compare with"
NOT_CLASSED = "the unit is not told apart from the rest"
NO_DONT_KNOW = 'none of its questions offers "don\'t know"'
NO_SINGLE_ANSWERS = "it is made of several questionnaires: no single answers to rank"

TEXTS = {
    NOT_ASKED: Text("本次问卷没有这道题", "The questionnaire did not ask this."),
    TOO_FEW_ANSWERS: Text("作答人数少于规定下限", "Fewer answers than the minimum."),
    TOO_FEW_CASES: Text("案例太少", "Too few cases."),
    HALF_MISSING: Text("可计算的部分不足一半", "Less than half of its parts could be computed."),
    TOO_FEW_RESPONDENTS: Text("不评：作答不足10人", "Not assessed: fewer than ten respondents."),
    TOO_FEW_MEMBERS: Text("不评：会员不足10人", "Not assessed: fewer than ten members."),
    NOBODY: Text("无人作答", "Nobody answered."),
    NO_HEAD_COUNT: Text("没有可用的人数", "No usable head count."),
    APART: Text("离退休会员单列，不与在职单位一起分组", "Retired members are shown apart and not classed with those in service."),
    NO_EARLIER_WAVE: Text("该单位没有上一年度的结果", "There is no earlier wave of this unit."),
    OTHER_BRANCHES: Text("上一年度该单位由其他分工会组成", "The unit was made of other branches in the earlier wave."),
    NOTHING_COMPARABLE: Text("两个年度没有可比的部分", "The two waves have no part in common that could be compared."),
    FLAG_OPEN: Text(
        "质量提示未解除：去掉全部选同一项的答卷后，结论不成立",
        "A quality flag is open: the finding does not hold without the pressed answers.",
    ),
    CATEGORY_NOT_ASKED: Text("没有询问岗位类别或年龄，或作答太少", "Staff category or age was not asked or hardly given."),
    NO_SUPPORT: Text("其他单位中同类岗位的作答人数太少", "Too few respondents of its staff category work elsewhere."),
    NO_EVIDENCE: Text("没有录入佐证材料，总分即群众评价", "No evidence was entered: the total is the staff voice alone."),
    NO_PART: Text("综合分的一部分无法计算", "A part of the composite could not be computed."),
    TOO_FEW_UNITS: Text("可比较的单位太少", "Too few units are left to compare with."),
    NOT_CLASSED: Text("与其他单位分不出高低", "The unit is not told apart from the rest."),
    NO_DONT_KNOW: Text("这些题目都没有“不了解”选项", "None of its questions offers “don't know”."),
    NO_SINGLE_ANSWERS: Text(
        "由多份问卷合成，没有可排序的单个回答",
        "It is made of several questionnaires: no single answers to rank.",
    ),
}  # fmt: skip


def reason_in_words(reason: str) -> Text | None:
    """A reason of the assessment, or of a statistic it rests on, in both languages; None if it is not known."""
    return TEXTS.get(reason) or in_words(reason)
