"""LimeSurvey .lss files of old and new database versions as questionnaires. Places are named by line and code."""

from __future__ import annotations

from questionnaires.formats.drafts import Draft, identifier, rule_tree
from questionnaires.formats.expressions import KnownItem
from questionnaires.formats.limesurvey_items import Part, Question, parts
from questionnaires.formats.limesurvey_tables import Row, Survey, gather, number, once, rows_of
from questionnaires.formats.notes import Imported, unreadable
from questionnaires.formats.safe_xml import elements
from questionnaires.texts import Text
from questionnaires.written import Tree, text_tree

_IGNORED_TABLES = {"conditions": "条件", "quota": "配额", "assessments": "评估", "defaultvalues": "默认值"}
_READ_ATTRIBUTES = {
    "random_order", "answer_order", "exclude_all_others", "max_answers", "maximum_chars", "min_num_value_n", "max_num_value_n",
    "num_value_int_only", "date_min", "date_max", "array_filter", "other_replace_text", "dualscale_headerA", "dualscale_headerB",
}  # fmt: skip
# How things look, or what only LimeSurvey's own screens use; nothing of the question is lost with them.
_LOOK = {
    "display_columns", "display_rows", "text_input_width", "text_input_columns", "hide_tip", "statistics_showgraph", "statistics_showmap",
    "save_as_default", "cssclass", "answer_width", "label_input_columns", "time_limit_action", "location_mapheight", "location_mapwidth",
    "location_mapzoom", "location_mapservice", "display_type", "input_size", "keep_aspect", "rank_title", "choice_title", "page_break",
    "public_statistics", "statistics_graphtype", "dropdown_size", "category_separator", "repeat_headings", "question_template",
    "showpopups", "samechoiceheight", "samelistheight", "numbers_only", "prefix", "placeholder",
}  # fmt: skip


def read_limesurvey(data: bytes, name: str) -> Imported:
    """The questionnaire of an .lss file; raises UnreadableFile."""
    root = elements(data)
    kind = root.first("LimeSurveyDocType")
    if root.tag != "document" or kind is None or kind.text.strip() != "Survey":
        raise unreadable(
            "line 1", "这不是 LimeSurvey 的问卷文件（.lss）。", "This is no LimeSurvey survey file (.lss)."
        )
    survey = Survey(Draft(name), {child.tag: rows_of(child) for child in root.children})
    gather(survey)
    _around(survey)
    groups = once(survey.tables.get("groups", []), "gid")
    taken: set[str] = set()
    for group in sorted(groups, key=lambda row: number(row["group_order"])):
        _group(group, survey, taken)
    for table, zh in _IGNORED_TABLES.items():
        if survey.tables.get(table):
            count = len(survey.tables[table])
            survey.draft.note(
                table, f"{zh}（{count} 条）没有带过来。", f"The {count} rows of “{table}” were not carried over."
            )
    return survey.draft.finish()


def _around(survey: Survey) -> None:
    settings = survey.tables.get("surveys_languagesettings", [])
    key = settings[0]["surveyls_survey_id"] if settings else ""
    draft = survey.draft
    for name, ours in (
        ("surveyls_title", "title"),
        ("surveyls_description", "purpose"),
        ("surveyls_welcometext", "intro"),
        ("surveyls_endtext", "thanks"),
    ):
        text = survey.text("surveys_languagesettings", key, name, name)
        if text is not None:
            draft.around |= text_tree(text, ours)
        elif ours == "title":
            draft.around["title_zh"] = draft.source
    for row in survey.tables.get("surveys", [])[:1]:
        draft.around["who"] = {"members": ["chosen_by_officer"], "anonymous": row["anonymized"] != "N"}


def _group(group: Row, survey: Survey, taken: set[str]) -> None:
    draft, place = survey.draft, f"line {group.line}"
    title = survey.text("groups", group["gid"], "group_name", place) or Text("题目", "Questions")
    hint = survey.text("groups", group["gid"], "description", place)
    section_id = identifier(title.in_language("en"), taken, "s")
    taken.add(section_id)
    section: Tree = {"id": section_id} | text_tree(title, "title") | (text_tree(hint, "hint") if hint else {})
    section |= _relevance(group["grelevance"], place, draft) | {"items": []}
    draft.sections.append(section)
    questions = [
        row
        for row in once(survey.tables.get("questions", []), "qid")
        if row["gid"] == group["gid"] and row["parent_qid"] in {"", "0"}
    ]
    for row in sorted(questions, key=lambda one: number(one["question_order"])):
        _question(row, section, survey)


def _relevance(written: str, place: str, draft: Draft) -> Tree:
    written = written.strip()
    if written in {"", "1"}:
        return {}
    facts = {"branchmembers": "branch_members", "unit": "unit"}
    return rule_tree(
        draft.rule(written, place, {name: fact for name, fact in facts.items() if name not in draft.known})
    )


def _question(row: Row, section: Tree, survey: Survey) -> None:
    draft, place = survey.draft, f"line {row.line}, {row['title']}"
    question = Question(row, survey.attributes(row["qid"]), place, survey)
    found = parts(question)
    if not found:
        return
    unread = sorted(
        name
        for name, value in question.attributes.items()
        if name not in _READ_ATTRIBUTES | _LOOK and value.strip() not in {"0", "none", "default"}
    )
    if unread:
        question.note(f"没有带过来的设置：{'、'.join(unread)}。", f"Settings not carried over: {', '.join(unread)}.")
    relevance = _relevance(row["relevance"], place, draft)
    text = survey.text("questions", row["qid"], "question", place) or Text(row["title"] or "—")
    help_text = survey.text("questions", row["qid"], "help", place)
    for part in found:
        tree: Tree = {"id": draft.new_id(row["title"] + part.code)} | text_tree(_worded(text, part))
        tree |= text_tree(help_text, "help") if help_text else {}
        tree |= draft.required(part.tree, place) if row["mandatory"] in {"Y", "S"} else {}
        if question.attributes.get("random_order") == "1" or question.attributes.get("answer_order") == "random":
            tree["randomize"] = True
        tree |= part.tree
        section["items"].append(tree | relevance)
        draft.places[tree["id"]] = place
        if not part.code:
            _remember(row["title"], tree, part, draft)


def _worded(text: Text, part: Part) -> Text:
    """The question's words, and those of the part where there are several."""
    if part.text is None:
        return text
    en = None if text.en is None else f"{text.en} {part.text.in_language('en')}"
    return Text(f"{text.zh} {part.text.zh}", en)


def _remember(title: str, tree: Tree, part: Part, draft: Draft) -> None:
    """What later rules may rest on."""
    if tree["type"] in {"single", "multi", "rating"}:
        values = {one["id"]: one["value"] for one in tree["scale"]["options"]} if tree["type"] == "rating" else {}
        known = dict(part.by_code) | {one: one for one in part.by_code.values()}
        draft.known[title] = KnownItem(tree["id"], known, values)
    if tree["type"] == "multi":
        draft.options |= {f"{title}_{code}": (tree["id"], choice) for code, choice in part.by_code.items()}
