"""Small files in the shapes other programs write, all wording our own."""

from io import BytesIO

from openpyxl import Workbook


def workbook(**sheets):
    """An .xlsx of these sheets, each a list of rows."""
    book = Workbook()
    del book[book.sheetnames[0]]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


# As form builders write it: metadata first, one plain label column, group, table-list, other, filters, calculations.
XLSFORM = workbook(
    survey=[
        [
            "type",
            "name",
            "label",
            "hint",
            "required",
            "relevant",
            "constraint",
            "appearance",
            "choice_filter",
            "calculation",
            "media::image",
        ],
        ["start", "start"],
        ["deviceid", "device"],
        ["select_one yes_no", "joined", "Did you join the walk?", "Last Sunday's", "yes"],
        ["begin group", "walk", "The walk", None, None, "${joined} = 'yes'"],
        ["select_multiple liked or_other", "liked", "What did you like?", None, None, None, "count-selected(.) <= 2"],
        ["integer", "hours", "How many hours?", None, "yes", None, ". >= 1 and . <= 12"],
        ["begin_group", "inner", "Within", None, None, "selected(${liked}, 'weather')"],
        ["text", "which", "Which weather?", None, None, None, "string-length(.) < 80"],
        ["end_group"],
        ["end group"],
        ["begin_group", "rate", "Rate each", None, None, None, None, "table-list"],
        ["select_one five", "rate_path", "The path"],
        ["select_one five", "rate_guide", "The guide"],
        ["end_group"],
        ["geopoint", "where", "Where are you?"],
        ["calculate", "twice", None, None, None, None, None, None, None, "${hours} * 2"],
        ["rank liked", "order", "Put them in order"],
        ["range", "likely", "How likely to come again?"],
        ["note", "end_note", "Thank you"],
        ["text", "late", "Only long walkers", None, None, "${hours} > 5", None, None, None, None, "boot.png"],
    ],
    choices=[
        ["list_name", "name", "label"],
        ["yes_no", "yes", "Yes"],
        ["yes_no", "no", "No"],
        ["liked", "weather", "Weather"],
        ["liked", "company", "Company"],
        ["five", "1", "Very poor"],
        ["five", "2", "Poor"],
        ["five", "3", "Good"],
    ],
    settings=[["form_title", "form_id"], ["Sunday walk", "Sunday Walk 2"]],
)

# Names with spaces, languages beside each other, older and newer spellings of properties.
SURVEYJS = {
    "locale": "de",
    "title": {"default": "Canteen", "de": "Kantine"},
    "triggers": [{"type": "complete", "expression": "{eaten} = 'no'"}],
    "pages": [
        {
            "name": "page 1",
            "elements": [
                {"type": "radiogroup", "name": "eaten here", "title": {"default": "Did you eat here?", "de": "Hier gegessen?"},
                 "choices": [{"value": "yes", "text": {"default": "Yes", "de": "Ja"}}, {"value": "no", "text": "No"}], "isRequired": True},
                {"type": "panel", "name": "inner", "visibleIf": "{eaten here} = 'yes'", "elements": [
                    {"type": "rating", "name": "taste", "title": "How did it taste?", "rateMin": 1, "rateMax": 4, "minRateDescription": "Bad"},
                    {"type": "checkbox", "name": "dishes", "title": "What did you eat?", "choices": ["soup", "rice", 3], "hasOther": True, "hasNone": True},
                ]},
                {"type": "matrix", "name": "quality", "title": "Do you agree?", "columns": [{"value": 2, "text": "Agree"}, {"value": 1, "text": "Disagree"}],
                 "rows": ["cheap enough", "hot enough"]},
            ],
        },
        {
            "name": "page2",
            "questions": [
                {"type": "comment", "name": "why", "title": "<b>What</b> was wrong?", "visibleIf": "{taste} <= 2", "rows": 4},
                {"type": "dropdown", "name": "best", "title": "The best?", "choicesFromQuestion": "dishes", "choicesFromQuestionMode": "selected"},
                {"type": "matrixdynamic", "name": "table", "title": "Table", "columns": []},
                {"type": "boolean", "name": "again", "title": "Again?", "defaultValue": "true"},
                {"type": "text", "name": "mail", "inputType": "email", "title": "Mail", "validators": [{"type": "email"}]},
                {"type": "text", "name": "free", "visibleIf": "{dishes.length} + 1 > 2", "title": "Free"},
            ],
        },
    ],
}  # fmt: skip

# Elements that ask several things at once.
WIDE = [
    {"type": "boolean", "name": "yes"},
    {"type": "multipletext", "name": "ends", "title": {"default": "Ends", "de": "Enden"}, "visibleIf": "{yes} = true",
     "items": [{"name": "best", "title": "Best thing"}, {"name": "worst", "inputType": "number", "isRequired": True}]},
    {"type": "matrixdropdown", "name": "wide", "title": "Rooms", "choices": ["good", "bad"], "rows": ["hall", "yard"],
     "columns": [{"name": "light", "title": "Light"}, {"name": "size", "cellType": "text"}, {"name": "noise", "choices": ["low", "high"]}]},
]  # fmt: skip


def lss(tables, version="640"):
    """An .lss of these tables, each a list of rows."""
    parts = [
        f'<?xml version="1.0" encoding="UTF-8"?><document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>{version}</DBVersion>'
    ]
    for name, rows in tables.items():
        parts.append(f"<{name}><rows>")
        parts += [
            "<row>" + "".join(f"<{key}><![CDATA[{value}]]></{key}>" for key, value in row.items()) + "</row>\n"
            for row in rows
        ]
        parts.append(f"</rows></{name}>")
    return "".join([*parts, "</document>"]).encode()


def _question(qid, kind, title, order, gid="7", **more):
    return {"qid": qid, "parent_qid": "0", "gid": gid, "type": kind, "title": title, "question_order": order, **more}


# The newer shape: texts of questions, groups and answers in tables of their own.
LSS = lss({
    "answers": [{"aid": "1", "qid": "11", "code": "A1", "sortorder": "1", "scale_id": "0"}, {"aid": "2", "qid": "11", "code": "A2", "sortorder": "2", "scale_id": "0"}],
    "answer_l10ns": [{"aid": "1", "answer": "去过", "language": "zh-Hans"}, {"aid": "1", "answer": "Yes", "language": "en"}, {"aid": "2", "answer": "没有", "language": "zh-Hans"}],
    "conditions": [{"cid": "1", "qid": "14"}],
    "groups": [{"gid": "7", "group_order": "1", "grelevance": "1"}],
    "group_l10ns": [{"gid": "7", "group_name": "图书馆", "description": "", "language": "zh-Hans"}],
    "questions": [
        _question("11", "L", "went", "1", mandatory="Y", other="N", relevance="1"),
        _question("12", "M", "used", "2", mandatory="N", relevance='((went.NAOK == "A1"))'),
        _question("13", "T", "why", "3", relevance='(used_SQ1.NAOK == "Y")'),
        _question("14", "F", "rate", "4", relevance="count(self) > 2"),
        _question("15", "|", "upload", "5", relevance="1"),
    ],
    "subquestions": [
        {"qid": "21", "parent_qid": "12", "title": "SQ1", "question_order": "1", "scale_id": "0"},
        {"qid": "22", "parent_qid": "12", "title": "SQ2", "question_order": "2", "scale_id": "0"},
        {"qid": "23", "parent_qid": "14", "title": "SQ1", "question_order": "1", "scale_id": "0"},
    ],
    "question_l10ns": [
        {"qid": "11", "question": "<p>您去过图书馆吗？</p>", "help": "", "language": "zh-Hans"},
        {"qid": "11", "question": "Have you been to the library?", "help": "", "language": "en"},
        {"qid": "12", "question": "用过什么？", "help": "可多选", "language": "zh-Hans"},
        {"qid": "13", "question": "为什么？", "language": "zh-Hans"},
        {"qid": "14", "question": "评价：", "language": "zh-Hans"},
        {"qid": "15", "question": "上传：", "language": "zh-Hans"},
        {"qid": "21", "question": "借书", "language": "zh-Hans"}, {"qid": "22", "question": "自习", "language": "zh-Hans"}, {"qid": "23", "question": "环境", "language": "zh-Hans"},
    ],
    "question_attributes": [{"qid": "12", "attribute": "max_answers", "value": "1"}, {"qid": "13", "attribute": "maximum_chars", "value": "200"}, {"qid": "13", "attribute": "em_validation_q", "value": "1==1"}],
    "surveys": [{"sid": "9", "anonymized": "Y"}],
    "surveys_languagesettings": [{"surveyls_survey_id": "9", "surveyls_language": "zh-Hans", "surveyls_title": "图书馆"}],
})  # fmt: skip
