"""What each rule minds, in a few words: officers read these first, and the sentence only where they wonder why."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from questionnaires.texts import Text

# By the id of the rule; a test holds that every rule has its title.
TITLES: Mapping[str, Text] = MappingProxyType(
    {
        "double_barrelled": Text("一题问了两件事", "Two questions in one"),
        "leading": Text("问法带了方向", "The wording leads"),
        "loaded": Text("用词带了褒贬", "The wording praises or blames"),
        "absolute": Text("说得太绝对", "Too absolute"),
        "negation": Text("用了否定句", "A negative statement"),
        "double_negation": Text("双重否定", "A double negation"),
        "vague": Text("说得不具体", "Too vague"),
        "jargon": Text("有行话或缩写", "Jargon or an abbreviation"),
        "too_long": Text("题目太长", "Too long"),
        "presupposes": Text("先认定了有这回事", "Takes something for granted"),
        "scale_mismatch": Text("问法和量表对不上", "The wording does not fit the scale"),
        "unbalanced_scale": Text("量表两边不一样多", "An unbalanced scale"),
        "unlabelled_points": Text("刻度没有文字", "Points without words"),
        "mixed_directions": Text("量表方向不一", "Scales run both ways"),
        "no_dont_know": Text("没有“不了解”", "No 'don't know'"),
        "no_way_out": Text("必答而没有出口", "Required, with no way out"),
        "range_overlap": Text("区间重叠", "Ranges overlap"),
        "range_gap": Text("区间有空当", "A gap between ranges"),
        "none_not_exclusive": Text("“都没有”不排他", "'None' is not exclusive"),
        "no_none_option": Text("没有“以上都没有”", "No 'none of these'"),
        "options_alike": Text("两个选项相同", "Two options alike"),
        "max_select_says_other": Text("选几项说得不一样", "Two different limits"),
        "too_many_options": Text("选项太多", "Too many options"),
        "large_matrix": Text("矩阵太长", "Too long a grid"),
        "order_effect": Text("选项顺序会有影响", "The order of options matters"),
        "identifying_combination": Text("合起来能认出人", "Details that identify people"),
        "asks_identity": Text("问到了是谁", "Asks who somebody is"),
        "required_sensitive": Text("敏感题设成了必答", "A sensitive question is required"),
        "sensitive_unmarked": Text("没有标为敏感题", "Not marked as sensitive"),
        "open_answer_warning": Text("没有提醒别写姓名", "No word about leaving names out"),
        "required_free_text": Text("填空设成了必答", "Writing is required"),
        "personal_first": Text("开头就问个人情况", "Personal details come first"),
        "dangling_reference": Text("规则没有着落", "A rule that rests on nothing"),
        "forward_reference": Text("规则看了后面的题", "A rule looks ahead"),
        "logic_loop": Text("规则绕成了圈", "Rules go in a circle"),
        "unreachable": Text("永远问不到", "Never shown"),
        "always_shown": Text("这条规则用不着", "A rule that is not needed"),
        "no_choices": Text("规则看的题没有选项", "A rule on a question without options"),
        "translation_missing": Text("没有英文", "No English"),
        "untranslated": Text("英文里还有中文", "Chinese left in the English"),
        "translation_numbers": Text("中英文数字不一致", "Numbers differ between languages"),
        "translation_placeholders": Text("中英文占位符不一致", "Placeholders differ between languages"),
        "missing_notice": Text("没有说是否记名", "Anonymity is not told"),
        "too_much_time": Text("太长", "Takes too long"),
        "time_promised": Text("用时说短了", "Longer than promised"),
        "repeated_question": Text("同样的题问了两次", "Asked twice"),
        "stable_changed": Text("固定题改了", "A stable question was changed"),
        "stable_left_out": Text("少了固定题", "A stable question is missing"),
    }
)
