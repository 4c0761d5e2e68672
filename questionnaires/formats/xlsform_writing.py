"""A questionnaire as an XLSForm workbook: sheets survey, choices and settings.

What XLSForm has no word for (measures, stable, scales as such, best-worst designs) stands as JSON in a column of our
own, `survey_app`, which other programs pass over; each such thing is named in the notes.
"""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from questionnaires.formats.notes import Exported, Note, note
from questionnaires.formats.rule_writing import facts_used
from questionnaires.formats.xlsform_book import LANGUAGES, OURS, Book, Cells, as_json, labels, relevant
from questionnaires.formats.xlsform_questions import add_item
from questionnaires.questionnaire import Questionnaire, Section
from questionnaires.scales import Choice
from questionnaires.written import around, text_tree

SURVEY_COLUMNS = (
    "type", "name", *(f"label::{one}" for one in LANGUAGES.values()), *(f"hint::{one}" for one in LANGUAGES.values()),
    "required", "relevant", "constraint", "choice_filter", "appearance", "parameters", OURS,
)  # fmt: skip
CHOICE_COLUMNS = ("list_name", "name", *(f"label::{one}" for one in LANGUAGES.values()), "points", OURS)


def write_xlsform(questionnaire: Questionnaire) -> Exported:
    """The .xlsx workbook, and what other programs will not find in it."""
    book = Book(questionnaire)
    for fact in facts_used(questionnaire):
        book.survey.append({"type": "hidden", "name": fact})
        book.notes.append(
            note(
                fact,
                "规则用到的信息要由收集程序填入。",
                "The program that collects answers must fill in this fact; rules rest on it.",
            )
        )
    book.survey.append({"type": "note", "name": "survey_intro"} | labels(questionnaire.intro))
    for section in questionnaire.sections:
        _section(section, book)
    book.survey.append({"type": "note", "name": "survey_thanks"} | labels(questionnaire.thanks))
    return Exported(_workbook(book), (*book.notes, *_aside(book)))


def _aside(book: Book) -> list[Note]:
    """What stands in our own column, said once for each property."""
    return [
        note(
            ", ".join(items),
            f"“{name}”写在 survey_app 列，其他程序不读。",
            f"“{name}” stands in the column survey_app; other programs do not read it.",
        )
        for name, items in book.kept_aside.items()
    ]


def _section(section: Section, book: Book) -> None:
    names = {item.id for item in book.questionnaire.items}
    name = f"section_{section.id}" if section.id in names else section.id
    begin = {"type": "begin_group", "name": name, "appearance": "field-list"} | labels(section.title)
    if section.hint:
        begin |= labels(section.hint, "hint")
    book.survey.append(
        begin | relevant(section.show_if) | ({OURS: as_json({"id": section.id})} if name != section.id else {})
    )
    for item in section.items:
        add_item(item, book)
    book.survey.append({"type": "end_group", "name": name})


def _workbook(book: Book) -> bytes:
    workbook = Workbook()
    del workbook[workbook.sheetnames[0]]
    _sheet(workbook, "survey", SURVEY_COLUMNS, book.survey)
    _sheet(
        workbook, "choices", CHOICE_COLUMNS, [_choice(name, one) for name, held in book.lists.items() for one in held]
    )
    whole = book.questionnaire
    ours = around(whole)
    ours = {key: value for key, value in ours.items() if not key.startswith(("intro_", "thanks_"))}
    ours["measures"] = {one.id: text_tree(one.text) | {"family": one.family} for one in whole.measures}
    settings = {
        "form_title": whole.title.zh,
        "form_id": whole.id,
        "default_language": LANGUAGES["zh"],
        OURS: as_json(ours),
    }
    _sheet(workbook, "settings", tuple(settings), [settings])
    stream = BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _choice(name: str, choice: Choice) -> Cells:
    cells = {"list_name": name, "name": choice.id} | labels(choice.text)
    if choice.value is not None:
        cells["points"] = str(choice.value)
    return cells | ({OURS: as_json({"exclusive": True})} if choice.exclusive else {})


def _sheet(workbook: Workbook, title: str, columns: tuple[str, ...], rows: list[Cells]) -> None:
    """Every cell is text: what begins with = must never become a formula."""
    sheet = workbook.create_sheet(title)
    for number, cells in enumerate([dict(zip(columns, columns, strict=True)), *rows], start=1):
        for column, name in enumerate(columns, start=1):
            if cells.get(name):
                cell = sheet.cell(number, column)
                cell.value = cells[name]
                cell.data_type = "s"
