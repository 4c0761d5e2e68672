"""The items of an XLSForm by type: selects, ranks, ranges, numbers, dates and texts, with their constraints."""

from __future__ import annotations

import re

from questionnaires.document_choices import MOST_OPTIONS
from questionnaires.formats.drafts import Draft, identifier, options_tree, scale_of_options
from questionnaires.formats.workbooks import Row
from questionnaires.formats.xlsform_rows import Reading
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_LONGEST_ANSWER = 500
_OTHER = Text("其他", "Other")


def typed(row: Row, first: str, rest: str, ours: Tree, reading: Reading) -> Tree | None:  # noqa: PLR0911 - one return per type
    """The item's own properties by XLSForm's type; None, with a note, where we have no such type."""
    draft = reading.draft
    match first:
        case "select_one" | "select_multiple" | "rank":
            return _select(row, first, rest, ours, reading)
        case "text":
            return {"type": "text", "max_length": _text_length(row, draft)}
        case "integer" | "decimal":
            if first == "decimal":
                draft.note(row.place, "只能填整数。", "Only whole numbers can be given.")
            return {"type": "number"} | _bounds(row, draft)
        case "range":
            return _range(row, ours, draft)
        case "date":
            return {"type": "date"} | _days(row, draft)
        case "time" | "datetime" | "phone" | "email" | "url" | "barcode":
            draft.note(row.place, f"类型“{first}”成为普通文字题。", f"The type “{first}” became a plain text.")
            return {"type": "text", "max_length": _text_length(row, draft)}
        case "note":
            return {"type": "info"}
    draft.note(
        row.place,
        f"类型“{first}”没有对应的题型，没有带过来。",
        f"There is no type like “{first}” here; the row was not carried over.",
    )
    return None


def _text_length(row: Row, draft: Draft) -> int:
    match = re.fullmatch(r"\s*string-length\(\s*\.\s*\)\s*<=?\s*(\d{1,5})\s*", row["constraint"])
    if row["constraint"] and not match:
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有带过来。",
            f"The constraint “{row['constraint'][:60]}” was not carried over.",
        )
    return min(int(match[1]), 2000) if match and int(match[1]) else _LONGEST_ANSWER


def _bounds(row: Row, draft: Draft) -> Tree:
    left, found = row["constraint"], {}
    for sign, name, more in ((">=", "minimum", 0), ("<=", "maximum", 0), (">", "minimum", 1), ("<", "maximum", -1)):
        match = re.search(rf"\.\s*{sign}\s*(\d{{1,9}})(?!\d)", left)
        if match and name not in found:
            found[name] = int(match[1]) + more
            left = left.replace(match[0], "")
    _note_what_is_left(row, left, draft)
    if found.get("maximum", 10**6) < found.get("minimum", 0):
        return {}
    return found


def _days(row: Row, draft: Draft) -> Tree:
    found, left = {}, row["constraint"]
    for sign, name in ((">=", "earliest"), ("<=", "latest")):
        match = re.search(rf"\.\s*{sign}\s*date\('(\d{{4}}-\d\d-\d\d)'\)", left)
        if match:
            found[name] = match[1]
            left = left.replace(match[0], "")
    _note_what_is_left(row, left, draft)
    return found


def _range(row: Row, ours: Tree, draft: Draft) -> Tree:
    settings = dict(re.findall(r"(start|end|step)\s*=\s*(-?[\d.]+)", row["parameters"]))
    if (settings.get("start", "1"), settings.get("end", "10"), settings.get("step", "1")) == ("0", "10", "1"):
        ends = {} if ours else {"low_label_zh": "0", "low_label_en": "0", "high_label_zh": "10", "high_label_en": "10"}
        return {"type": "likelihood"} | ends
    whole = all(re.fullmatch(r"\d{1,9}", settings.get(key, "1")) for key in ("start", "end", "step"))
    draft.note(row.place, "滑尺改为填整数。", "The slider became a whole number to fill in.")
    return {"type": "number"} | (
        {"minimum": int(settings.get("start", "1")), "maximum": int(settings.get("end", "10"))} if whole else {}
    )


def _select(  # noqa: C901, PLR0911 - one return per type
    row: Row, first: str, rest: str, ours: Tree, reading: Reading
) -> Tree | None:
    draft = reading.draft
    name, _, more = rest.partition(" ")
    options = reading.lists.get(name)
    if options is None:
        draft.note(
            row.place,
            f"没有选项列表“{name}”，这一题没有带过来。",
            f"There is no option list “{name}”; the item was not carried over.",
        )
        return None
    listed = options_tree([(one.id, one.text, one.points) for one in options])
    for one, option in zip(listed, options, strict=True):
        if option.exclusive:
            one["exclusive"] = True
    if "or_other" in more or "specify other" in more:
        listed.append({"id": identifier("other", {one["id"] for one in listed})} | text_tree(_OTHER))
        draft.note(row.place, "“其他”只作选项，没有填写框。", "“Other” is an option only, without a box to write in.")
    if not 2 <= len(listed) <= MOST_OPTIONS:
        draft.note(
            row.place,
            f"有 {len(listed)} 个选项，只能有 2 到 {MOST_OPTIONS} 个，这一题没有带过来。",
            f"It has {len(listed)} options; 2 to {MOST_OPTIONS} are possible, so the item was not carried over.",
        )
        return None
    if ours.get("type") == "rating":
        return _rating(listed, ours)
    if ours.get("type") == "best_worst":
        return _best_worst(listed, ours, draft)
    if first == "select_one":
        if "likert" in row["appearance"] and not draft.exact:
            return _rating(listed, {"scale": {"id": identifier(name, set(), "scale")}})
        return {"type": "single"} | _carried(row, listed, reading)
    if first == "rank":
        if "max_select" not in ours:
            draft.note(row.place, "排序题要排完全部选项。", "All options are ranked.")
        return {"type": "rank_top", "options": listed, "max_select": len(listed)}
    return {"type": "multi", "options": listed} | _multi(row, listed, draft)


def _rating(listed: list[Tree], ours: Tree) -> Tree:
    scale, offered = scale_of_options(ours["scale"]["id"], listed, ours["scale"])
    return {"type": "rating", "scale": scale} | ({"na": True} if offered else {})


def _best_worst(listed: list[Tree], ours: Tree, draft: Draft) -> Tree:
    designs = draft.shared.setdefault("best_worst_designs", {})
    name = next((one for one, held in designs.items() if held == ours["design"]), f"design_{len(designs) + 1}")
    designs[name] = ours["design"]
    return {"type": "best_worst", "options": listed, "design": name}


def _carried(row: Row, listed: list[Tree], reading: Reading) -> Tree:
    """Options carried from an earlier item, as a choice filter says it."""
    written = row["choice_filter"]
    if not written:
        return {"options": listed}
    match = re.fullmatch(r"\s*selected\(\$\{([^}]+)\},\s*name\)((?:\s+or\s+name\s*=\s*'[^']*')*)\s*", written)
    source = reading.draft.known.get(match[1]) if match else None
    if match is None or source is None:
        reading.draft.note(
            row.place,
            f"选项筛选“{written[:60]}”没有带过来，现在显示全部选项。",
            f"The choice filter “{written[:60]}” was not carried over; all options are shown.",
        )
        return {"options": listed}
    always = set(re.findall(r"name\s*=\s*'([^']*)'", match[2]))
    own = [one for one in listed if one["id"] in always or one["id"] not in source.choices.values()]
    return {"options_from": source.id} | ({"extra_options": own} if own else {})


def _multi(row: Row, listed: list[Tree], draft: Draft) -> Tree:
    left, tree = row["constraint"], {}
    most = re.search(r"count-selected\(\s*\.\s*\)\s*<=\s*(\d{1,3})", left)
    if most:
        left = left.replace(most[0], "", 1)
        if 1 <= int(most[1]) <= len(listed):
            tree["max_select"] = int(most[1])
    alone = re.compile(r"not\(\s*selected\(\s*\.,\s*'([^']*)'\s*\)\s*and\s*count-selected\(\s*\.\s*\)\s*>\s*1\s*\)")
    for one in listed:
        if one["id"] in alone.findall(row["constraint"]):
            one["exclusive"] = True
    left = alone.sub("", left)
    _note_what_is_left(row, left, draft)
    return tree


def required(row: Row, tree: Tree, draft: Draft) -> Tree:
    """Whether the item must be answered, where its type allows that."""
    if row["required"].strip().lower() not in {"yes", "true", "true()", "1", "y"}:
        return {}
    return draft.required(tree, row.place)


def shuffled(row: Row) -> Tree:
    """Whether the options stand in a random order."""
    return {"randomize": True} if re.search(r"randomize\s*=\s*(true|1)", row["parameters"], re.IGNORECASE) else {}


def _note_what_is_left(row: Row, left: str, draft: Draft) -> None:
    """Say so if more of a constraint is left than the words between its parts."""
    if re.sub(r"\s|and|\(|\)", "", left):
        draft.note(
            row.place,
            f"限制“{row['constraint'][:60]}”没有完整带过来。",
            f"Not all of the constraint “{row['constraint'][:60]}” was carried over.",
        )
