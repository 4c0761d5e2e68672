"""Why a figure is missing or doubtful, in both languages: the sentence a statistic gives, and its Chinese.

Statistics say their reasons as plain English sentences without a capital or a full stop; whoever shows one to a reader asks
`in_words`. A test holds that no statistic gives a sentence that is not here.
"""

import re

from analysis.frame import Text

CHINESE = {
    # numbers of people
    "nobody answered": "无人作答",
    "nobody answered all items": "没有人答完全部题目",
    "nobody answered a screen": "没有人完成任何一屏",
    "nobody answered in one of the waves": "其中一年无人作答",
    "a single answer has no spread": "只有一份回答，看不出差异",
    "a single answer of each category": "每一类只有一份回答",
    "a single answer of each category says nothing about the others": "每一类只有一份回答，不能代表其他人",
    "a single answer says nothing about the others": "只有一份回答，不能代表其他人",
    "a single respondent has no spread": "只有一人作答，看不出差异",
    "a group with a single answer has no spread": "有一组只有一份回答，看不出差异",
    "a wave has a single answer": "其中一年只有一份回答",
    "a wave has a single answer of each category": "其中一年每一类只有一份回答",
    "one of the groups gave no answers": "有一组无人作答",
    "one answer in each unit cannot tell units from people": "每个单位只有一份回答，分不清是单位不同还是个人不同",
    "there is a single category": "只有一个类别",
    "there is a single group with answers": "只有一组有人作答",
    "fewer than two gave both answers": "两题都答的不足2人",
    "fewer than four gave both answers": "两题都答的不足4人",
    "fewer respondents than options": "作答人数少于选项数",
    "too few respondents to draw them anew": "作答人数太少，无法重复抽取",
    "there are not more complete respondents than items": "答完全部题目的人数不多于题数",
    "there are too few complete respondents for so many drivers": "答完全部题目的人数太少，容不下这么多影响因素",
    "too few told their category: the unit is one cell": "说明岗位类别的人太少，全单位按一层计算",
    # head counts
    "no head count is known": "没有人数资料",
    "a category of staff has no head count": "有一类岗位没有人数资料",
    "a category that answered has no head count": "有人作答的一类没有人数资料",
    "a cell that answered has no head count": "有人作答的一层没有人数资料",
    "a margin has no head counts": "有一个加权变量没有人数资料",
    "a class has heads and no answers, or answers and no heads": "有一类只有人数没有回答，或只有回答没有人数",
    "fewer heads than answers": "人数少于答卷数",
    "more answers than heads": "答卷数多于人数",
    "every weight is zero": "所有权重都为零",
    "more answers than heads: every answer stands for itself": "答卷数多于人数，每份答卷只代表自己",
    "no head count is known: every answer stands for itself": "没有人数资料，每份答卷只代表自己",
    "the margins count different heads": "几个加权变量的总人数不一致",
    "the margins cannot all be met by these answers": "这些答卷无法同时符合各项人数",
    "everybody answered: nobody is silent": "全员作答，没有未答者",
    "early and late answers cannot be compared: to protect those who answer, no times are stored": (
        "不能比较先答和后答：为保护作答者，不记录时间"
    ),
    "the answers leave no variance: everybody was asked, or all agree": "没有抽样误差：全员作答，或回答完全一致",
    # answers that are alike
    "all answers are equal": "所有回答都相同",
    "all answers are equal: they have no shape": "所有回答都相同，谈不上分布形状",
    "all answers are alike: no unit can stand out": "所有回答都相同，没有单位能显得不同",
    "all answers are alike: their variance says nothing; see the Wilson interval": "所有回答都相同，方差没有意义；请看威尔逊区间",
    "all respondents have the same total": "所有人的总分都相同",
    "everybody gave the same answer": "所有人的回答都相同",
    "everybody gave the same answer to a driver": "有一个影响因素上所有人的回答都相同",
    "everybody gave the same answer to the outcome": "结果题上所有人的回答都相同",
    "in each unit all gave the same answer": "每个单位内部的回答都相同",
    "an item got the same answer from everybody": "有一道题所有人的回答都相同",
    "one of the answers is the same for all": "其中一题所有人的回答都相同",
    "no answer differs from another in either wave": "两年的回答都没有差异",
    # scales
    "a single item has nothing to agree with": "只有一道题，谈不上是否一致",
    "there are no items": "没有题目",
    "two items cannot show what they share": "只有两道题，看不出共同的部分",
    "an item repeats what others say": "有一道题与其他题重复",
    "an item repeats what others say, or there are too few respondents": "有一道题与其他题重复，或作答人数太少",
    "the one-factor model did not settle": "单因子模型没有收敛",
    "the items do not fit one factor: an item's own variance would be zero or less (Heywood case)": (
        "这些题目不合单因子模型：有一题的独有方差不大于零（Heywood 情形）"
    ),
    "the items go against each other: is one of them reversed?": "题目方向相反：是否有反向题？",
    "the items hardly go together (mean correlation under 0.15)": "题目之间几乎不相关（平均相关低于0.15）",
    "more than one thing is measured (omega well under alpha)": "测的不止一件事（ω 明显低于 α）",
    "more than 500 items are no scale": "超过500道题，不成其为一个量表",
    "the geometric mean needs indicators above 0": "几何平均要求各项都大于0",
    "the harmonic mean needs indicators above 0": "调和平均要求各项都大于0",
    "too much of the weight is missing": "缺失的权重太多",
    # drivers
    "more than 200 drivers are too many to share anything out among": "影响因素超过200个，无法逐一分摊",
    "there are no drivers": "没有影响因素",
    "a driver repeats what others say": "有一个影响因素与其他因素重复",
    "the drivers explain nothing": "这些因素解释不了结果",
    # tables and words
    "fewer than two rows or columns have answers": "有回答的行或列不足两个",
    "the table has more than a thousand cells": "表格超过一千格",
    "too many cells are empty": "空格太多",
    "one of the texts has no words": "其中一组文字没有词",
    "the word is in neither text, or there is no other": "两组文字都没有这个词，或没有别的词",
    "no word marks this group": "没有词能代表这一组",
    # units
    "a single unit has nothing to be compared with": "只有一个单位，无从比较",
    "fewer than three units cannot show how much units differ": "不足三个单位，看不出单位之间的差异",
    "with fewer than five units the spread of the mean is without bound": "不足五个单位，平均值的误差没有上限",
    "all units are known exactly: nothing is left to test": "各单位都已全员作答，无需检验",
    "all units have the same figure and it is known exactly": "各单位的数字相同，且都已全员作答",
    "a unit whose figure is known exactly outweighs all others without bound": "有一个单位全员作答，会压倒其他所有单位",
    "the unit is not told apart from the rest: there is no class to remove": "该单位与其他单位分不出高低，没有可推翻的分组",
    # best-worst
    "more than 200 options are too many for one scale": "选项超过200个，放不进一个尺度",
    "a single option has nothing to be compared with": "只有一个选项，无从比较",
    "an option was never shown on an answered screen": "有一个选项在已作答的各屏中从未出现",
    "never shown on an answered screen": "在已作答的各屏中从未出现",
    "some options were always or never chosen against the others: their worth has no finite estimate": (
        "有的选项总被选中或从不被选中，无法估计其分量"
    ),
    "the model did not settle": "模型没有收敛",
    # needs and services
    "not shown by rule": "按规则不公布",
    "no poll of this wave asks for the criteria": "本年度没有问卷询问评价标准",
    "no poll of this wave asks for the services": "本年度没有问卷询问服务",
    "no service of the union answers this need": "工会没有对应这项需求的服务",
    "nothing is known of the services": "没有关于服务的资料",
    "nothing is known of what is wanted": "没有关于需求的资料",
}


WITH_A_NUMBER = {
    "fewer than {} people answered": "作答不足{}人",
    "fewer than {} people answered all of it": "答完全部相关题目的不足{}人",
    "fewer than {} people wrote": "留言不足{}人",
    "no word was used by {} people or more": "没有词被{}人以上使用",
    "an item of it was answered by fewer than {} people": "其中有一道题留言不足{}人",
}


def in_words(reason: str) -> Text | None:
    """A reason or doubt as a sentence in both languages; None if it is not known here."""
    chinese = CHINESE.get(reason) or _with_a_number(reason)
    return (
        None
        if chinese is None
        else Text(chinese, f"{reason[0].upper()}{reason[1:]}{'' if reason[-1] in '?.' else '.'}")
    )


def _with_a_number(reason: str) -> str | None:
    for number in re.findall(r"\d+", reason)[:1]:
        chinese = WITH_A_NUMBER.get(reason.replace(number, "{}"))
        return chinese and chinese.format(number)
    return None
