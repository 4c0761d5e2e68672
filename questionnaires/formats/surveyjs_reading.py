"""SurveyJS JSON, ours and others', as questionnaires. Places are named by keys: pages[0].elements[2]."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.document_tree import DocumentFaults, Ledger, json_tree, text_of
from questionnaires.formats.drafts import LARGEST_FILE, Draft, choice_ids, identifier, rule_tree, scale_of_options
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.notes import Imported, Note, UnreadableFile, note, unreadable
from questionnaires.formats.surveyjs_writing import OURS
from questionnaires.skip_logic import Condition, both
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_LONGEST_ANSWER, MOST_POINTS = 500, 11
_MOST_ELEMENTS, _DEEPEST = 2_000, 12
_READ = {
    "type", "name", "title", "description", "isRequired", "visibleIf", "choices", "columns", "rows", "maxSelectedChoices",
    "maxLength", "inputType", "min", "max", "rateMin", "rateMax", "rateValues", "rateCount", "rateStep", "minRateDescription",
    "maxRateDescription", "html", "choicesOrder", "rowsOrder", "rowsVisibleIf", "eachRowRequired", "isAllRowRequired",
    "selectToRankEnabled", "hasOther", "showOtherItem", "hasNone", "showNoneItem", "otherText", "noneText", "labelTrue", "labelFalse",
    "choicesFromQuestion", "choicesFromQuestionMode", "elements", OURS,
}  # fmt: skip
# How things look; nothing of the question is lost with them.
_LOOK = {
    "colCount", "width", "minWidth", "maxWidth", "startWithNewLine", "indent", "titleLocation", "rows_count", "placeholder", "placeHolder",
    "displayMode", "rateType", "autoGenerate", "state", "hideNumber", "valueName", "alternateRows", "cellType", "itemSize", "showClearButton",
    "allowClear", "autoGrow", "renderAs", "innerIndent", "questionsOnPageMode", "descriptionLocation", "errorLocation",
}  # fmt: skip


@dataclass(slots=True)
class _Reading:
    draft: Draft
    default: str
    section_ids: set[str] = field(default_factory=set)
    read: int = 0


def read_surveyjs(data: bytes, name: str) -> Imported:
    """The questionnaire of a SurveyJS document; raises UnreadableFile."""
    survey = _tree(data, name)
    written = survey.get(OURS)
    ours: Tree = dict(written) if isinstance(written, dict) else {}
    default = "en" if ours or str(survey.get("locale", "")).lower() in {"", "en"} else str(survey["locale"]).lower()
    reading = _Reading(Draft(name, exact=bool(ours)), "zh" if default.startswith("zh") else default)
    _around(survey, dict(ours), reading)
    for place, page in _pages(survey):
        _page(page, place, reading)
    return reading.draft.finish()


def _tree(data: bytes, name: str) -> Tree:
    if len(data) > LARGEST_FILE:
        raise unreadable("", "文件超过 10 MB。", "The file is larger than 10 MB.")
    try:
        tree = json_tree(text_of(data, name), Ledger(name))
    except DocumentFaults as refusal:
        raise UnreadableFile(*(_of_fault(one.line, one.sentence) for one in refusal.faults)) from None
    if not isinstance(tree, dict) or not any(
        isinstance(tree.get(key), list) for key in ("pages", "elements", "questions")
    ):
        raise unreadable(
            "",
            "这不是 SurveyJS 问卷：没有 pages 或 elements。",
            "This is no SurveyJS survey: it has neither pages nor elements.",
        )
    return tree


def _of_fault(line: int | None, sentence: str) -> Note:
    return note("" if line is None else f"line {line}", f"不是可读的 JSON：{sentence}", sentence)


def _around(survey: Tree, ours: Tree, reading: _Reading) -> None:
    draft = reading.draft
    if ours:
        draft.shared["measures"] = ours.pop("measures", {})
        draft.around |= ours
    title = _text(survey.get("title"), "title", reading)
    draft.around |= text_tree(title or Text(draft.source, draft.source), "title")
    if not ours:
        intro = _text(survey.get("description"), "description", reading)
        draft.around |= text_tree(intro, "intro") if intro else {}
        thanks = _text(survey.get("completedHtml"), "completedHtml", reading)
        draft.around |= text_tree(thanks, "thanks") if thanks else {}
        for key in sorted(
            survey.keys()
            & {
                "triggers",
                "calculatedValues",
                "completedHtmlOnCondition",
                "navigateToUrl",
                "cookieName",
                "maxTimeToFinish",
            }
        ):
            draft.note(key, f"“{key}”没有带过来。", f"“{key}” was not carried over.")


def _pages(survey: Tree) -> Iterator[tuple[str, Tree]]:
    pages = survey.get("pages")
    if not isinstance(pages, list):
        yield "", survey | {"name": "questions", "title": None, "description": None}
        return
    for index, page in enumerate(pages):
        if isinstance(page, dict):
            yield f"pages[{index}]", page


def _text(value: Any, place: str, reading: _Reading) -> Text | None:
    """A plain text in the survey's language, or an object of languages."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        words = str(value)
        return reading.draft.text({"zh" if _han(words) else reading.default: words}, place)
    if not isinstance(value, dict):
        return None
    said = {}
    for key, words in value.items():
        if isinstance(words, str):
            lower = str(key).lower()
            language = (
                "zh"
                if lower.startswith("zh")
                else "en"
                if lower.startswith("en")
                else reading.default
                if lower == "default"
                else lower
            )
            said[language] = words
    return reading.draft.text(said, place)


def _han(words: str) -> bool:
    return re.search(r"[\u4e00-\u9fff]", words) is not None


def _page(page: Tree, place: str, reading: _Reading) -> None:
    draft = reading.draft
    section_id = identifier(str(page.get("name") or "page"), reading.section_ids, "s")
    reading.section_ids.add(section_id)
    name = str(page.get("name") or "")
    title = _text(page.get("title"), place, reading) or Text(name or "题目", name or "Questions")
    hint = _text(page.get("description"), place, reading)
    condition = _rule(page, place, reading)
    section: Tree = (
        {"id": section_id}
        | text_tree(title, "title")
        | (text_tree(hint, "hint") if hint else {})
        | rule_tree(condition)
        | {"items": []}
    )
    draft.sections.append(section)
    _elements(page, place, None, section, reading, 0)


def _rule(part: Tree, place: str, reading: _Reading) -> Condition | None:
    written = part.get("visibleIf")
    return reading.draft.rule(written, place) if isinstance(written, str) and written.strip() else None


def _elements(part: Tree, place: str, outer: Condition | None, section: Tree, reading: _Reading, deep: int) -> None:
    listed = part.get("elements") if isinstance(part.get("elements"), list) else part.get("questions")
    for index, element in enumerate(listed if isinstance(listed, list) else ()):
        where = f"{place}.elements[{index}]".lstrip(".")
        reading.read += 1
        if not isinstance(element, dict):
            raise unreadable(where, "这里应是一道题。", "An element is wanted here.")
        if reading.read > _MOST_ELEMENTS or deep > _DEEPEST:
            raise unreadable(where, "题目太多或嵌套太深。", "There are too many elements, or they are nested too deep.")
        if element.get("type") == "panel":
            reading.draft.note(where, "面板并入所在的部分。", "The panel became part of the page around it.")
            inner = both(outer, _rule(element, where, reading))
            _elements(element, where, inner, section, reading, deep + 1)
        else:
            _element(element, where, outer, section, reading)


def _element(element: Tree, place: str, outer: Condition | None, section: Tree, reading: _Reading) -> None:
    draft = reading.draft
    ours = dict(element[OURS]) if isinstance(element.get(OURS), dict) else {}
    tree = _typed(element, place, ours, reading)
    if tree is None:
        return
    name = str(element.get("name") or "")
    title = _text(
        element.get("html") if tree["type"] == "info" and not draft.exact else element.get("title"), place, reading
    )
    text = (
        title
        or _text(element.get("title"), place, reading)
        or draft.text({"zh" if _han(name) else reading.default: name}, place)
        or Text("—")
    )
    help_text = _text(element.get("description"), place, reading)
    common: Tree = {"id": draft.new_id(name)} | text_tree(text) | (text_tree(help_text, "help") if help_text else {})
    common |= _required(element, tree, place, draft)
    if "random" in (element.get("choicesOrder"), element.get("rowsOrder")):
        common["randomize"] = True
    tree = common | tree | {key: value for key, value in ours.items() if key not in {"type", "scale", "design"}}
    unread = sorted(element.keys() - _READ - _LOOK)
    if unread:
        draft.note(place, f"没有带过来：{'、'.join(unread)}。", f"Not carried over: {', '.join(unread)}.")
    section["items"].append(tree | rule_tree(both(outer, _rule(element, place, reading))))
    draft.places[tree["id"]] = place
    _remember(name, element, tree, reading)


def _required(element: Tree, tree: Tree, place: str, draft: Draft) -> Tree:
    if not any(element.get(key) is True for key in ("isRequired", "eachRowRequired", "isAllRowRequired")):
        return {}
    if tree["type"] in {"number", "date", "info", "best_worst"}:
        draft.note(
            place,
            "这类题不能必答（没有“不愿说明”），改为选答。",
            "An item of this type cannot be required (it has no 'rather not say'); it became optional.",
        )
        return {}
    return {"required": True}


def _typed(element: Tree, place: str, ours: Tree, reading: _Reading) -> Tree | None:  # noqa: PLR0911 - one return per type
    draft, kind = reading.draft, element.get("type")
    match kind:
        case "radiogroup" | "dropdown" | "checkbox" | "tagbox" | "ranking" | "imagepicker" | "buttongroup":
            return _choosing(element, str(kind), place, ours, reading)
        case "boolean":
            yes = _text(element.get("labelTrue"), place, reading) or Text("是", "Yes")
            no = _text(element.get("labelFalse"), place, reading) or Text("否", "No")
            return {"type": "single", "options": [{"id": "yes"} | text_tree(yes), {"id": "no"} | text_tree(no)]}
        case "rating":
            return _rating(element, place, reading)
        case "matrix":
            return _matrix(element, place, ours, reading)
        case "comment":
            return {"type": "text", "max_length": _length(element)}
        case "text":
            return _text_box(element, place, draft)
        case "html" | "expression":
            if kind == "html":
                return {"type": "info"}
    kind = str(kind)[:40]
    draft.note(
        place,
        f"类型“{kind}”没有对应的题型，没有带过来。",
        f"There is no type like “{kind}” here; the element was not carried over.",
    )
    return None


def _length(element: Tree) -> int:
    length = element.get("maxLength")
    return min(length, 2000) if type(length) is int and length > 0 else _LONGEST_ANSWER


def _text_box(element: Tree, place: str, draft: Draft) -> Tree:
    kind = element.get("inputType", "text")
    low, high = element.get("min"), element.get("max")
    if kind in {"number", "range"}:
        tree: Tree = {"type": "number"}
        tree |= {"minimum": low} if type(low) is int and 0 <= low <= 10**9 else {}
        return tree | ({"maximum": high} if type(high) is int and tree.get("minimum", 0) <= high <= 10**9 else {})
    if kind == "date":
        days = {
            name: day
            for name, day in (("earliest", low), ("latest", high))
            if isinstance(day, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", day)
        }
        return {"type": "date"} | days
    if kind not in {"text", "search"}:
        draft.note(place, f"输入类型“{kind}”成为普通文字题。", f"The input type “{kind}” became a plain text.")
    return {"type": "text", "max_length": _length(element)}


def _options(listed: Any, place: str, reading: _Reading) -> list[tuple[str, Tree]]:
    """Pairs of the file's value and our option."""
    if not isinstance(listed, list):
        return []
    values = [_value(one) for one in listed]
    twice = next((value for at, value in enumerate(values) if value in values[:at]), None)
    if twice is not None:
        raise unreadable(place, f"选项“{twice}”出现两次。", f"The option “{twice}” stands twice.")
    ids = choice_ids(values)
    found = []
    for one, value in zip(listed, values, strict=True):
        written = one if isinstance(one, dict) else {}
        text = _text(written.get("text"), place, reading) or _text(value, place, reading) or Text("—")
        points = written.get(OURS, {}).get("value") if isinstance(written.get(OURS), dict) else None
        if points is None and not reading.draft.exact and re.fullmatch(r"\d{1,2}", value):
            points = int(value)
        option: Tree = {"id": ids[value]} | ({"value": points} if type(points) is int else {}) | text_tree(text)
        found.append((value, option | ({"exclusive": True} if written.get("isExclusive") is True else {})))
    return found


def _value(one: Any) -> str:
    return str(one.get("value", one.get("text", ""))) if isinstance(one, dict) else str(one)


def _choosing(element: Tree, kind: str, place: str, ours: Tree, reading: _Reading) -> Tree | None:
    draft = reading.draft
    options = _options(element.get("choices"), place, reading)
    listed = [option for _, option in options]
    taken = {one["id"] for one in listed}
    for flags, made, text, alone in (
        (("hasOther", "showOtherItem"), "other", Text("其他", "Other"), False),
        (("hasNone", "showNoneItem"), "none", Text("都没有", "None"), True),
    ):
        if any(element.get(flag) is True for flag in flags):
            own = _text(element.get(f"{made}Text"), place, reading) or text
            listed.append(
                {"id": identifier(made, taken, "c")}
                | text_tree(own)
                | ({"exclusive": True} if alone and kind in {"checkbox", "tagbox"} else {})
            )
            if made == "other":
                draft.note(
                    place, "“其他”只作选项，没有填写框。", "“Other” is an option only, without a box to write in."
                )
    source = _carried_from(element, reading)
    if source is None and not 2 <= len(listed) <= MOST_OPTIONS:
        draft.note(
            place,
            f"有 {len(listed)} 个选项，只能有 2 到 {MOST_OPTIONS} 个，这一题没有带过来。",
            f"It has {len(listed)} options; 2 to {MOST_OPTIONS} are possible, so the element was not carried over.",
        )
        return None
    if ours.get("type") == "rating":
        scale, offered = scale_of_options(ours["scale"]["id"], listed, ours["scale"])
        return {"type": "rating", "scale": scale} | ({"na": True} if offered else {})
    if ours.get("type") == "best_worst":
        designs = draft.shared.setdefault("best_worst_designs", {})
        name = next((one for one, held in designs.items() if held == ours["design"]), f"design_{len(designs) + 1}")
        designs[name] = ours["design"]
        return {"type": "best_worst", "options": listed, "design": name}
    most = element.get("maxSelectedChoices")
    most = most if type(most) is int and 1 <= most <= len(listed) else None
    if kind in {"checkbox", "tagbox"}:
        return {"type": "multi", "options": listed} | ({} if most is None else {"max_select": most})
    if kind == "ranking":
        return {"type": "rank_top", "options": listed, "max_select": most or len(listed)}
    return {"type": "single"} | _single(element, options, listed, source, place, draft)


def _carried_from(element: Tree, reading: _Reading) -> KnownItem | None:
    """The multi whose chosen options are offered, if every carried option says so or SurveyJS's own property does."""
    named = element.get("choicesFromQuestion")
    if isinstance(named, str) and element.get("choicesFromQuestionMode") == "selected":
        return reading.draft.known.get(named)
    rules = [
        one.get("visibleIf") for one in element.get("choices") or () if isinstance(one, dict) and one.get("visibleIf")
    ]
    sources = {
        match[1] for one in rules if isinstance(one, str) and (match := re.fullmatch(r"\{(\w+)\} contains '\w+'", one))
    }
    return reading.draft.known.get(sources.pop()) if len(sources) == 1 else None


def _single(
    element: Tree,
    options: list[tuple[str, Tree]],
    listed: list[Tree],
    source: KnownItem | None,
    place: str,
    draft: Draft,
) -> Tree:
    rules = {_value(one): one.get("visibleIf") for one in element.get("choices") or () if isinstance(one, dict)}
    if source is not None:
        own = [option for value, option in options if not rules.get(value)]
        return {"options_from": source.id} | ({"extra_options": own} if own else {})
    if any(rules.values()):
        draft.note(place, "选项各自的显示条件没有带过来。", "The rules of single options were not carried over.")
    return {"options": listed}


def _rating(element: Tree, place: str, reading: _Reading) -> Tree | None:
    low, high = element.get("rateMin", 1), element.get("rateMax", element.get("rateCount", 5))
    values = element.get("rateValues")
    ends = [_text(element.get(key), place, reading) for key in ("minRateDescription", "maxRateDescription")]
    if not isinstance(values, list) and (low, high) == (0, 10):
        first, last = ends[0] or Text("0", "0"), ends[1] or Text("10", "10")
        return {"type": "likelihood"} | text_tree(first, "low_label") | text_tree(last, "high_label")
    if not isinstance(values, list):
        values = [1, 2, 3, 4, 5]
        if isinstance(low, int) and isinstance(high, int) and 0 < high - low <= 10:
            values = list(range(low, high + 1))
    listed = [option for _, option in _options(values, place, reading)]
    if not 2 <= len(listed) <= MOST_POINTS:
        reading.draft.note(
            place,
            "评分的刻度数不合适，没有带过来。",
            "The rating has too few or too many points and was not carried over.",
        )
        return None
    for at, end in ((0, ends[0]), (-1, ends[1])):
        if end is not None:
            en = None if end.en is None else f"{listed[at].get('en', listed[at]['zh'])} {end.en}"
            listed[at] |= text_tree(Text(f"{listed[at]['zh']} {end.zh}", en))
    ascending = [one | {"value": number} for number, one in enumerate(listed, start=1)]
    scale, offered = scale_of_options(identifier(str(element.get("name")), set(), "scale"), ascending[::-1])
    return {"type": "rating", "scale": scale} | ({"na": True} if offered else {})


def _matrix(element: Tree, place: str, ours: Tree, reading: _Reading) -> Tree | None:
    columns = [option for _, option in _options(element.get("columns"), f"{place}.columns", reading)]
    rows = [option for _, option in _options(element.get("rows"), f"{place}.rows", reading)]
    if len(columns) < 2 or not rows or len(columns) > MOST_OPTIONS:
        reading.draft.note(
            place, "矩阵没有行或列，没有带过来。", "The matrix lacks rows or columns and was not carried over."
        )
        return None
    kept = ours.get("scale", {})
    scale, offered = scale_of_options(
        kept.get("id") or identifier(str(element.get("name")), set(), "scale"), columns, kept
    )
    tree: Tree = {"type": "matrix", "scale": scale} | ({"na": True} if offered else {})
    if "rows_from" in ours:
        return tree
    carried = element.get("rowsVisibleIf")
    match = re.fullmatch(r"\s*\{(\w+)\}\s+contains\s+\{item\}\s*", carried) if isinstance(carried, str) else None
    source = reading.draft.known.get(match[1]) if match else None
    if carried and (source is None or {one["id"] for one in rows} - set(source.choices.values())):
        reading.draft.note(place, "行的显示条件没有带过来。", "The rule on rows was not carried over.")
        source = None
    return tree | (
        {"rows_from": source.id}
        if source
        else {"rows": [{key: one[key] for key in ("id", "zh", "en") if key in one} for one in rows]}
    )


def _remember(name: str, element: Tree, tree: Tree, reading: _Reading) -> None:
    """What later rules may rest on, by the values of the file."""
    draft = reading.draft
    match tree["type"]:
        case "single" | "multi" | "rating":
            raw = element.get("choices") or element.get("rateValues") or []
            by_value = choice_ids([_value(one) for one in raw]) if isinstance(raw, list) else {}
            values: Mapping[str, int] = {}
            if tree["type"] == "rating":
                listed = [*tree["scale"]["options"], *([tree["scale"]["na"]] if tree.get("na") else [])]
                values = {one["id"]: one["value"] for one in tree["scale"]["options"]}
                by_value |= {one["id"]: one["id"] for one in listed}
                by_value |= {
                    str(one["value"]): one["id"]
                    for one in tree["scale"]["options"]
                    if not by_value.get(str(one["value"]))
                }
            else:
                by_value |= {one["id"]: one["id"] for one in tree.get("options") or tree.get("extra_options") or ()}
            if element.get("type") == "boolean":
                by_value |= {"true": "yes", "false": "no"}
            if tree.get("required"):
                by_value.setdefault("pnts", "pnts")
            draft.known[name] = KnownItem(tree["id"], by_value, values)
        case "likelihood":
            numbers = {str(value): str(value) for value in range(11)}
            draft.known[name] = KnownItem(tree["id"], numbers, {one: int(one) for one in numbers})
