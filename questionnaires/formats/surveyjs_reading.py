"""SurveyJS JSON, ours and others', as questionnaires. Places are named by keys: pages[0].elements[2]."""

from __future__ import annotations

from collections.abc import Iterator

from questionnaires.document_tree import DocumentFaults, Ledger, json_tree, text_of
from questionnaires.formats.drafts import LARGEST_FILE, Draft, identifier, rule_tree
from questionnaires.formats.notes import Imported, Note, UnreadableFile, note, unreadable
from questionnaires.formats.surveyjs_items import remember, typed
from questionnaires.formats.surveyjs_tables import unfolded
from questionnaires.formats.surveyjs_words import Reading, has_han, text_of_value
from questionnaires.formats.surveyjs_writing import OURS
from questionnaires.skip_logic import Condition, both
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

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


def read_surveyjs(data: bytes, name: str) -> Imported:
    """The questionnaire of a SurveyJS document; raises UnreadableFile."""
    survey = _tree(data, name)
    written = survey.get(OURS)
    ours: Tree = dict(written) if isinstance(written, dict) else {}
    default = "en" if ours or str(survey.get("locale", "")).lower() in {"", "en"} else str(survey["locale"]).lower()
    reading = Reading(Draft(name, exact=bool(ours)), "zh" if default.startswith("zh") else default)
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


def _around(survey: Tree, ours: Tree, reading: Reading) -> None:
    draft = reading.draft
    if ours:
        draft.shared["measures"] = ours.pop("measures", {})
        draft.around |= ours
    title = text_of_value(survey.get("title"), "title", reading)
    draft.around |= text_tree(title or Text(draft.source, draft.source), "title")
    if not ours:
        intro = text_of_value(survey.get("description"), "description", reading)
        draft.around |= text_tree(intro, "intro") if intro else {}
        thanks = text_of_value(survey.get("completedHtml"), "completedHtml", reading)
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


def _page(page: Tree, place: str, reading: Reading) -> None:
    draft = reading.draft
    section_id = identifier(str(page.get("name") or "page"), reading.section_ids, "s")
    reading.section_ids.add(section_id)
    name = str(page.get("name") or "")
    title = text_of_value(page.get("title"), place, reading) or Text(name or "题目", name or "Questions")
    hint = text_of_value(page.get("description"), place, reading)
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


def _rule(part: Tree, place: str, reading: Reading) -> Condition | None:
    written = part.get("visibleIf")
    return reading.draft.rule(written, place) if isinstance(written, str) and written.strip() else None


def _elements(part: Tree, place: str, outer: Condition | None, section: Tree, reading: Reading, deep: int) -> None:
    listed = part.get("elements") if isinstance(part.get("elements"), list) else part.get("questions")
    for index, element in enumerate(listed if isinstance(listed, list) else ()):
        where = f"{place}.elements[{index}]".lstrip(".")
        reading.read += 1
        if not isinstance(element, dict):
            raise unreadable(where, "这里应是一道题。", "An element is wanted here.")
        if reading.read > _MOST_ELEMENTS or deep > _DEEPEST:
            raise unreadable(where, "题目太多或嵌套太深。", "There are too many elements, or they are nested too deep.")
        if element.get("type") in ("panel", "paneldynamic"):
            inner = both(outer, _rule(element, where, reading))
            _elements(_panel(element, where, reading), where, inner, section, reading, deep + 1)
        else:
            for one in unfolded(element, where, reading):
                _element(one, where, outer, section, reading)


def _panel(element: Tree, place: str, reading: Reading) -> Tree:
    if element["type"] == "panel":
        reading.draft.note(place, "面板并入所在的部分。", "The panel became part of the page around it.")
        return element
    reading.draft.note(place, "重复的面板只问一次。", "A repeated panel is asked once.")
    return {"elements": element.get("templateElements")}


def _element(element: Tree, place: str, outer: Condition | None, section: Tree, reading: Reading) -> None:
    draft = reading.draft
    ours = dict(element[OURS]) if isinstance(element.get(OURS), dict) else {}
    tree = typed(element, place, ours, reading)
    if tree is None:
        return
    name = str(element.get("name") or "")
    title = text_of_value(
        element.get("html") if tree["type"] == "info" and not draft.exact else element.get("title"), place, reading
    )
    text = (
        title
        or text_of_value(element.get("title"), place, reading)
        or draft.text({"zh" if has_han(name) else reading.default: name}, place)
        or Text("—")
    )
    help_text = text_of_value(element.get("description"), place, reading)
    common: Tree = {"id": draft.new_id(name)} | text_tree(text) | (text_tree(help_text, "help") if help_text else {})
    if any(element.get(key) is True for key in ("isRequired", "eachRowRequired", "isAllRowRequired")):
        common |= draft.required(tree, place)
    if "random" in (element.get("choicesOrder"), element.get("rowsOrder")):
        common["randomize"] = True
    tree = common | tree | {key: value for key, value in ours.items() if key not in {"type", "scale", "design"}}
    unread = sorted(element.keys() - _READ - _LOOK)
    if unread:
        draft.note(place, f"没有带过来：{'、'.join(unread)}。", f"Not carried over: {', '.join(unread)}.")
    section["items"].append(tree | rule_tree(both(outer, _rule(element, place, reading))))
    draft.places[tree["id"]] = place
    remember(name, element, tree, reading)
