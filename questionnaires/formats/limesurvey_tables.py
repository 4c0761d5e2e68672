"""The tables of an .lss file of old and new database versions, with the texts of every language beside each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from questionnaires.formats.drafts import Draft
from questionnaires.formats.safe_xml import Element
from questionnaires.texts import Text


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        return self.cells.get(name, "")


Listed = list[tuple[str, Text]]


@dataclass(slots=True)
class Survey:
    """`words`: texts by table and key, then by column and language, wherever the version keeps them."""

    draft: Draft
    tables: dict[str, list[Row]]
    words: dict[tuple[str, str], dict[str, dict[str, str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(dict))
    )

    def text(self, table: str, key: str, name: str, place: str) -> Text | None:
        return self.draft.text(self.words[table, key][name], place)

    def attributes(self, qid: str) -> dict[str, str]:
        """The settings of one question; those told apart by language come in our languages or their own."""
        return {
            one["attribute"]: one["value"]
            for one in self.tables.get("question_attributes", [])
            if one["qid"] == qid and one["value"].strip()
        }

    def subquestions(self, qid: str, place: str, scale: str = "0") -> Listed:
        """Codes and texts of the subquestions on one axis, in order."""
        rows = [
            row
            for row in once([*self.tables.get("subquestions", []), *self.tables.get("questions", [])], "qid")
            if row["parent_qid"] == qid and (row["scale_id"] or "0") == scale
        ]
        rows.sort(key=lambda row: number(row["question_order"]))
        return [(row["title"], self._subtext(row, place)) for row in rows]

    def _subtext(self, row: Row, place: str) -> Text:
        table = "subquestions" if self.words["subquestions", row["qid"]]["question"] else "questions"
        return self.text(table, row["qid"], "question", place) or Text(row["title"] or "—")

    def answers(self, qid: str, place: str, scale: str = "0") -> Listed:
        """Codes and texts of the answers on one scale, in order."""
        rows = [
            row for row in self.tables.get("answers", []) if row["qid"] == qid and (row["scale_id"] or "0") == scale
        ]
        rows = sorted(once(rows, "code"), key=lambda row: number(row["sortorder"]))
        return [
            (row["code"], self.text("answers", _key(row), "answer", place) or Text(row["code"] or "—")) for row in rows
        ]


def rows_of(table: Element) -> list[Row]:
    """The rows of one table, each with its line in the file."""
    rows = table.first("rows")
    return (
        []
        if rows is None
        else [Row(row.line, {cell.tag: cell.text for cell in row.children}) for row in rows.all("row")]
    )


def number(written: str) -> int:
    """A whole number, 0 where there is none."""
    return int(written) if re.fullmatch(r"\d{1,9}", written.strip()) else 0


def once(rows: list[Row], key: str) -> list[Row]:
    """One row of each key: older versions repeat rows for every language."""
    found: dict[str, Row] = {}
    for row in rows:
        found.setdefault(row[key], row)
    return list(found.values())


def _language(code: str) -> str:
    code = code.strip().lower()
    return "zh" if code.startswith("zh") else "en" if code.startswith("en") else code


def _key(answer: Row) -> str:
    return f"{answer['qid']}.{answer['scale_id'] or '0'}.{answer['code']}"


# Tables with texts: their key, the columns of text, and the table that holds these in newer versions.
_TEXTS = (
    ("groups", "gid", ("group_name", "description"), "group_l10ns"),
    ("questions", "qid", ("question", "help"), "question_l10ns"),
    ("subquestions", "qid", ("question",), "question_l10ns"),
    (
        "surveys_languagesettings", "surveyls_survey_id",
        ("surveyls_title", "surveyls_description", "surveyls_welcometext", "surveyls_endtext"), None,
    ),
)  # fmt: skip


def gather(survey: Survey) -> None:
    """Collect the texts of every table."""
    for table, key, names, beside in _TEXTS:
        for row in [*survey.tables.get(table, []), *(survey.tables.get(beside, []) if beside else [])]:
            language = _language(row["language"] or row["surveyls_language"])
            for name in names:
                if row[name].strip() and language:
                    survey.words[table, row[key]][name][language] = row[name]
    own = {row["aid"]: row for row in survey.tables.get("answers", []) if row["aid"]}
    for row in survey.tables.get("answers", []):
        if row["answer"]:
            survey.words["answers", _key(row)]["answer"][_language(row["language"])] = row["answer"]
    for row in survey.tables.get("answer_l10ns", []):
        if (answer := own.get(row["aid"])) is not None:
            survey.words["answers", _key(answer)]["answer"][_language(row["language"])] = row["answer"]
