"""What the faults of documents say in Chinese. Readers note faults in English; officers meet them in their own language.

A test holds that every sentence in the source of the readers has its line here.
"""

from __future__ import annotations

import re

from questionnaires.names import KINDS
from questionnaires.texts import Text

_UNKNOWN = "这里有一处写得不对，系统读不懂。"

# What is quoted in English (or counted) stands in braces, in both languages under the same name.
_WORDS = {
    # the document as a file
    "This is not UTF-8 text.": "这个文件不是 UTF-8 编码的文字。",
    "This is not YAML: {problem}.": "这不是能读的 YAML 文件。",
    "This is not JSON: {problem}.": "这不是能读的 JSON 文件。",
    "This JSON is nested too deep or has a number too long.": "这个 JSON 文件嵌套太深，或有太长的数字。",
    "The document is longer than {n} characters.": "文件太长，超过 {n} 个字符。",
    "The key {key} is given twice in one place.": "{key} 在同一处写了两次。",
    "{name} is not a number.": "{name} 不是数字。",
    "Aliases (*name) are not read; write the text out.": "不读 YAML 的别名（*名称），请把内容写全。",
    "The document is nested too deep.": "文件嵌套太深。",
    "A key must be a word.": "属性的名称必须是一个词。",
    "{text} is ambiguous in YAML; put it in quotes or write it plainly.": "{text} 在 YAML 里有歧义，请加上引号。",
    # one property
    "A mapping of properties is wanted here.": "这里要写一组属性。",
    "This is missing.": "这一项还没有填。",
    "A text is wanted here; put it in quotes.": "这里要写文字。",
    "The text is longer than {n} characters.": "文字太长，超过 {n} 个字。",
    "The text has a control character in it.": "文字里有看不见的控制字符。",
    "An id is made of a-z, 0-9 and underscore, begins with a letter and has at most 40 signs.": "代码只用小写字母、数字和下划线，以字母开头，最多 40 个。",
    "true or false is wanted here.": "这里只能写“是”或“否”（true 或 false）。",
    "A whole number is wanted here.": "这里要填整数。",
    "A whole number from {low} to {high} is wanted here.": "这里要填 {low} 到 {high} 的整数。",
    "A number of minutes (0.5 to 120) is wanted here.": "请填大约几分钟（0.5 到 120）。",
    "One of {known} is wanted here.": "这里只能从这几个里选：{known}。",
    "Some of {known} are wanted here.": "这里要从这几个里选：{known}。",
    "A list of words is wanted here.": "这里要写一列词。",
    "A list is wanted here.": "这里要写一个列表。",
    "A word stands twice in this list.": "有一个词写了两次。",
    "The Chinese text is missing.": "还没有写中文。",
    "This property is unknown.": "这个属性系统不认识。",
    # scales, options, rows
    "A scale of {points} points has one option for each value from 1 to {most}.": "{points} 级量表要有从 1 到 {most} 的每一级，各一个选项。",
    "There is no scale {name}.": "没有{name}这个量表。",
    "The scale {name} has no not-applicable option.": "量表{name}没有“不适用”一项。",
    "There is no option list {name}.": "没有{name}这个选项表。",
    "An item has either options or options_ref; put additions in extra_options.": "选项要么自己写，要么取自题库；另加的写在“另加的选项”里。",
    "Own options beside carried ones stand in extra_options.": "选项来自前面一题时，另加的写在“另加的选项”里。",
    "The option {name} is given twice.": "选项{name}写了两次。",
    "From {least} to {most} options are wanted here.": "这里要有 {least} 到 {most} 个选项。",
    "A matrix has one of rows, rows_ref and rows_from.": "矩阵要评的事只能有一个来处：自己写、取自题库，或取自前面一题；现在一个也没有，或多于一个。",
    "A row is given twice.": "有一件要评的事写了两次。",
    # items and sections
    "A {kind} item cannot be required: it has no place for 'rather not say'.": "{kind}不能设为必答：它没有“不愿说明”这条出路。",
    "There is no measure {name}.": "没有{name}这项指标。",
    "Text items have themes, all other items feed measures.": "填空题归入主题，其他题才计入指标。",
    "The latest day is before the earliest.": "最晚的一天早于最早的一天。",
    "A day is written as 2026-12-31.": "日期请写成 2026-12-31 的样子。",
    "A day from 1970 to 2199 is wanted here.": "日期要在 1970 年到 2199 年之间。",
    "A questionnaire has either sections or items.": "问卷要么分部分，要么直接列题。",
    "There is no block {name}.": "没有{name}这组题。",
    "At least one item is wanted here.": "这一部分还没有题目。",
    "The section {name} is given twice.": "部分的代码{name}用了两次。",
    "The item id {name} is given twice.": "题目代码{name}用了两次。",
    "There is no item {name}.": "没有{name}这一题。",
    "Item {name} comes later; only earlier items count.": "{name}在后面，只能取自前面的题。",
    "Item {name} is not a {kind} item of the same stage.": "{name}不是同一阶段的{kind}。",
    # rules
    "At least one condition is wanted here.": "这里至少要有一个条件。",
    "A condition begins with item, ctx, all or any.": "条件要说明看哪一题，或看分工会的哪个情况。",
    "A condition on an item has a list of options under either 'in' or 'not_in'.": "条件要么写“选了其中一项”，要么写“没有选”，并列出选项。",
    "The system knows no fact {fact}; it knows {known}.": "系统不知道{fact}，只知道：{known}。",
    "A fact is compared with whole numbers or words.": "分工会的情况只能和整数或文字比较。",
    "A condition on a fact has gte, lte, eq or in.": "条件还没有写和什么比较。",
    "Item {name} is a {kind} item; conditions depend on items with choices.": "{name}是{kind}，条件只能看有选项的题。",
    "Item {name} belongs to another stage.": "{name}属于另一个阶段。",
    "Item {name} has no option {option}.": "{name}这一题没有{option}这个选项。",
    "Item {name} does not come before this one; a condition can only look back.": "{name}不在这一题前面，条件只能看前面的题。",
    # places to fill in
    "Double braces hold a name of a-z, 0-9 and underscore: {found}.": "双大括号里只能写小写字母、数字和下划线：{found}。",
    "The placeholder {name} is used but not declared.": "空格{name}在题目里用了，却没有登记。",
    "The placeholder {name} is declared but not used.": "空格{name}登记了，却没有用到。",
    # designs of best-worst questions
    "There is no design {name}.": "没有{name}这个分组方案。",
    "The design {name} is not made for {n} options.": "分组方案{name}不适用于 {n} 个选项。",
    "A design is a list of versions, each a list of screens, each a list of option positions.": "分组方案要写成：若干版本，每版若干屏，每屏列出选项的位置。",
    "Every version has the same number of screens, and every screen the same number of options or one less.": "各版本的屏数要相同，每屏的选项数也要相同，最多差一个。",
    "Option positions run from 0 to {last}.": "选项的位置从 0 到 {last}。",
    "An option stands twice on one screen.": "有一个选项在同一屏出现了两次。",
    "Version {n} does not show every option equally often.": "第 {n} 版里各选项出现的次数不相等。",
    "Over all versions, not every pair of options meets equally often.": "所有版本合起来，各对选项同屏的次数不相等。",
    # what cannot be published as it is switched
    "At most two personal items may be asked in one poll.": "个人情况一次最多问两项。",
    "{name} is not a personal item of this questionnaire.": "{name}不是这份问卷的个人情况题。",
    "This questionnaire has no module {name}.": "这份问卷没有{name}这一组。",
    "{name} has no short form.": "{name}没有短题。",
    "The placeholder {name} is not filled in.": "空格{name}还没有填。",
    "This questionnaire has no placeholder {name}.": "这份问卷没有空格{name}。",
    "The text for {name} has double braces of its own.": "填在{name}里的文字又有双大括号。",
    "This questionnaire has no page per person.": "这份问卷不是一人一页的。",
    "Name at least one person to be judged.": "请至少写一位被评议的人。",
    "The key {name} stands for two persons.": "代码{name}用在了两个人身上。",
    "The key of a person is made of a-z, 0-9 and underscore.": "人的代码只用小写字母、数字和下划线。",
    "Item {name} depends on {other}, which is left out.": "{name}要看{other}，而{other}这次不问。",
}  # fmt: skip

_PATTERNS = tuple(
    (re.compile(re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>.+?)", re.escape(english))), chinese)
    for english, chinese in sorted(_WORDS.items(), key=lambda pair: pair[0].count("{"))
)
_MEANT = re.compile(r" Is (?P<meant>'.+'|\".+\") meant\?$")
_FOUND = re.compile(r" Found: (?P<found>.+)\.$", re.DOTALL)


def in_both(sentence: str) -> Text:
    """A fault's English sentence with its Chinese; one that is not known says in Chinese that something is wrong."""
    return Text(chinese_of(sentence) or _UNKNOWN, sentence)


def chinese_of(sentence: str) -> str | None:
    """The Chinese of a fault's sentence; None if no line says it."""
    rest, meant = _without(_MEANT, sentence)
    rest, found = _without(_FOUND, rest)
    for pattern, chinese in _PATTERNS:
        match = pattern.fullmatch(rest)
        if match:
            said = chinese.format_map({name: _quoted(value) for name, value in match.groupdict().items()})
            if found and found != "nothing":
                said += f"现在写的是：{_quoted(found)}。"
            return f"{said}是不是想写{_quoted(meant)}？" if meant else said
    return None


def _without(ending: re.Pattern[str], sentence: str) -> tuple[str, str]:
    """The sentence without an ending that may stand on any, and what that ending tells."""
    match = ending.search(sentence)
    return (sentence[: match.start()], match[1]) if match else (sentence, "")


def _quoted(value: str) -> str:
    """'b01' as “b01”; the kinds of items by their Chinese names."""
    if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
        return f"“{value[1:-1]}”"
    return KINDS[value].zh if value in KINDS else value
