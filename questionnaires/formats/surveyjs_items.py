"""The items of a SurveyJS document by type: choices, ratings, matrices, texts, numbers and dates."""

from __future__ import annotations

import re
from collections.abc import Mapping

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.formats.drafts import Draft, choice_ids, identifier, scale_of_options
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.surveyjs_words import Reading, options_of, text_of_value, value_of
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_LONGEST_ANSWER, _MOST_POINTS = 500, 11


def typed(element: Tree, place: str, ours: Tree, reading: Reading) -> Tree | None:  # noqa: PLR0911 - one return per type
    """The item's own properties by SurveyJS's type; None, with a note, where we have no such type."""
    draft, kind = reading.draft, element.get("type")
    match kind:
        case "radiogroup" | "dropdown" | "checkbox" | "tagbox" | "ranking" | "imagepicker" | "buttongroup":
            return _choosing(element, str(kind), place, ours, reading)
        case "boolean":
            yes = text_of_value(element.get("labelTrue"), place, reading) or Text("是", "Yes")
            no = text_of_value(element.get("labelFalse"), place, reading) or Text("否", "No")
            return {"type": "single", "options": [{"id": "yes"} | text_tree(yes), {"id": "no"} | text_tree(no)]}
        case "rating":
            return _rating(element, place, reading)
        case "matrix":
            return _matrix(element, place, ours, reading)
        case "comment":
            return {"type": "text", "max_length": _length(element)}
        case "slider" if element.get("sliderType", "single") == "single":
            draft.note(place, "滑尺改为填整数。", "The slider became a whole number to fill in.")
            return _text_box({"inputType": "number", "min": 0, "max": 100} | element, place, draft)
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


def _choosing(element: Tree, kind: str, place: str, ours: Tree, reading: Reading) -> Tree | None:
    draft = reading.draft
    options = options_of(element.get("choices"), place, reading)
    listed = [option for _, option in options]
    taken = {one["id"] for one in listed}
    for flags, made, text, alone in (
        (("hasOther", "showOtherItem"), "other", Text("其他", "Other"), False),
        (("hasNone", "showNoneItem"), "none", Text("都没有", "None"), True),
    ):
        if any(element.get(flag) is True for flag in flags):
            own = text_of_value(element.get(f"{made}Text"), place, reading) or text
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
    if source is not None and kind not in {"radiogroup", "dropdown"}:
        draft.note(place, "只有单选题能沿用前一题的选项。", "Only a single choice can carry options forward.")
        source = None
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


def _carried_from(element: Tree, reading: Reading) -> KnownItem | None:
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
    rules = {value_of(one): one.get("visibleIf") for one in element.get("choices") or () if isinstance(one, dict)}
    if source is not None:
        own = [option for value, option in options if not rules.get(value)]
        return {"options_from": source.id} | ({"extra_options": own} if own else {})
    if any(rules.values()):
        draft.note(place, "选项各自的显示条件没有带过来。", "The rules of single options were not carried over.")
    return {"options": listed}


def _rating(element: Tree, place: str, reading: Reading) -> Tree | None:
    low, high = element.get("rateMin", 1), element.get("rateMax", element.get("rateCount", 5))
    values = element.get("rateValues")
    ends = [text_of_value(element.get(key), place, reading) for key in ("minRateDescription", "maxRateDescription")]
    if not isinstance(values, list) and (low, high) == (0, 10):
        first, last = ends[0] or Text("0", "0"), ends[1] or Text("10", "10")
        return {"type": "likelihood"} | text_tree(first, "low_label") | text_tree(last, "high_label")
    if not isinstance(values, list):
        values = [1, 2, 3, 4, 5]
        if isinstance(low, int) and isinstance(high, int) and 0 < high - low <= 10:
            values = list(range(low, high + 1))
    listed = [option for _, option in options_of(values, place, reading)]
    if not 2 <= len(listed) <= _MOST_POINTS:
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


def _matrix(element: Tree, place: str, ours: Tree, reading: Reading) -> Tree | None:
    columns = [option for _, option in options_of(element.get("columns"), f"{place}.columns", reading)]
    rows = [option for _, option in options_of(element.get("rows"), f"{place}.rows", reading)]
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


def remember(name: str, element: Tree, tree: Tree, reading: Reading) -> None:
    """What later rules may rest on, by the values of the file."""
    draft = reading.draft
    match tree["type"]:
        case "single" | "multi" | "rating":
            raw = element.get("choices") or element.get("rateValues") or []
            by_value = choice_ids([value_of(one) for one in raw]) if isinstance(raw, list) else {}
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
