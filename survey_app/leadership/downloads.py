"""Reports and data files of a year: what there is for whom, made when it is asked for. A branch officer has the own unit's."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from flask import abort, render_template, request, send_file
from werkzeug.wrappers import Response

from analysis.disclosure.released_assessment import UnitAssessment
from analysis.report.branch import branch_report
from analysis.report.cells import cells_of_poll, released_cells
from analysis.report.content import Letterhead, Report
from analysis.report.data_files import csv_file, excel_file, parquet_file, spss_file
from analysis.report.documents import WaveDocuments
from analysis.report.fonts import PACKAGE, MissingFont
from analysis.report.leadership import leadership_report
from analysis.report.official_return import official_return
from analysis.report.pdf import heading, pdf
from analysis.report.staff import staff_report
from survey_app.leadership import blueprint
from survey_app.leadership.plotly_file import plotly_address
from survey_app.leadership.rights import READERS, seen_by, seen_of_year
from survey_app.services import reporting
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.services.reporting_documents import documents_of, organiser_of
from survey_app.web.access import OfficerFacts, audience, current_officer
from survey_app.web.instance import settings, stores, today
from survey_app.web.languages import gettext as _
from survey_app.web.languages import language

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_WORDS = 60  # letters of a number or an addressee that is typed in


def _word(report: Report) -> bytes:
    from analysis.report.word import docx  # lxml takes its time: who reads pages does not wait for it

    return docx(report)


FORMATS: dict[str, tuple[str, Callable[[Report], bytes]]] = {"pdf": ("application/pdf", pdf), "docx": (WORD, _word)}


@dataclass(frozen=True, slots=True)
class Download:
    """The files of a wave this officer may have."""

    documents: WaveDocuments
    whole: bool
    units: tuple[UnitAssessment, ...]

    @property
    def own(self) -> str | None:
        """The unit of a branch officer."""
        return None if self.whole or not self.units else self.units[0].unit


@blueprint.get("/years/<wave>/downloads")
@audience(*READERS)
def downloads(wave: str) -> str:
    return _page(_found(wave))


@blueprint.get("/years/<wave>/reports/<reader>.<kind>")
@audience(*READERS)
def report_file(wave: str, reader: str, kind: str) -> Response | tuple[str, int]:
    """A report as PDF or Word; `unit` for a branch, `formal` with number and addressee for the red head."""
    found = _found(wave)
    if kind not in FORMATS:
        abort(404)
    report = _report(found, reader)
    mimetype, write = FORMATS[kind]
    try:
        return _file(write(report), report.file_name + "." + kind, mimetype)
    except MissingFont:
        fault = _("没有中文字体，报告排不出来。请管理员安装 %(package)s 后再试。", package=PACKAGE)
        return _page(found, fault), 503


@blueprint.get("/years/<wave>/reports/<reader>")
@audience(*READERS)
def report_page(wave: str, reader: str) -> str:
    """The same report as a page: what the files say, read without opening one."""
    found = _found(wave)
    report = _report(found, reader, formal=False)
    return render_template(
        "leadership/report.html",
        year=found.documents.assessment,
        report=report,
        sections=[(heading(place, each, report), each.blocks) for place, each in enumerate(report.sections)],
        kind_of=lambda block: type(block).__name__,
        reader=reader,
        unit=request.args.get("unit") or None,
        officer=current_officer(),
        sees_all=found.whole,
        plotly_address=plotly_address(),
    )


@blueprint.get("/years/<wave>/cells.<kind>")
@audience(*READERS)
def year_cells(wave: str, kind: str) -> Response:
    """All released cells of the year as a data file."""
    found = _found(wave)
    spoken = language()
    units = None if found.whole else frozenset(unit.unit for unit in found.units)
    rows = released_cells(found.documents, spoken, units)
    made: dict[str, tuple[str, Callable[[], bytes]]] = {
        "xlsx": (EXCEL, lambda: excel_file(rows, spoken)),
        "csv": ("text/csv; charset=utf-8", lambda: csv_file(rows, spoken)),
        "sav": ("application/x-spss-sav", lambda: spss_file(rows, spoken)),
        "parquet": ("application/vnd.apache.parquet", lambda: parquet_file(rows)),
    }
    if kind not in made:
        abort(404)
    mimetype, write = made[kind]
    return _file(write(), _("%(wave)s年度公布数据", wave=wave) + "." + kind, mimetype)


@blueprint.get("/<poll_id>/cells.csv")
@audience(*READERS)
def cells(poll_id: str) -> Response:
    """The released cells of one poll, also of one that no assessment is made of."""
    try:
        released = seen_by(current_officer(), reporting.released(stores(), poll_id))
    except NoSuchPoll:
        abort(404)
    return _file(csv_file(cells_of_poll(released, language()), language()), f"{poll_id}.csv", "text/csv; charset=utf-8")


def _found(wave: str) -> Download:
    """404 while the wave is not released, and for a branch officer without a unit in it."""
    officer = current_officer()
    try:
        documents = documents_of(stores(), wave)
    except (NoSuchWave, NoSuchPoll):
        abort(404)
    units = seen_of_year(officer, documents.assessment).units
    whole = _sees_all(officer)
    if not whole and not units:
        abort(404)
    return Download(documents, whole, units)


def _sees_all(officer: OfficerFacts) -> bool:
    return officer.role != "branch_officer"


def _report(found: Download, reader: str, *, formal: bool = True) -> Report:
    """The report asked for; 404 for one that is not this officer's."""
    spoken, unit = language(), request.args.get("unit", "")
    letterhead = _letterhead(found.documents) if formal else None
    known = {each.unit for each in found.units}
    if reader == "branch" and unit in known:
        return branch_report(found.documents, unit, spoken)
    if reader == "staff" and (unit in known or (found.whole and not unit)):
        return staff_report(found.documents, spoken, unit or None)
    if found.whole and reader == "leadership":
        return leadership_report(found.documents, spoken, letterhead)
    if not found.whole or reader != "official-return":
        abort(404)
    return official_return(found.documents, spoken, letterhead)


def _letterhead(documents: WaveDocuments) -> Letterhead | None:
    """The red head, where it is asked for; it is a Chinese form, so an English report has none."""
    if not request.args.get("formal") or language() != "zh":
        return None
    organiser = organiser_of(stores(), documents) or settings().organisation_zh
    number = _typed("number") or f"〔{today().year}〕　号"
    return Letterhead(f"{organiser}文件", number, _typed("addressee") or "学校党委", organiser, today())


def _typed(name: str) -> str:
    return " ".join(request.args.get(name, "").split())[:LONGEST_WORDS]


def _file(data: bytes, name: str, mimetype: str) -> Response:
    response = send_file(BytesIO(data), mimetype=mimetype, as_attachment=True, download_name=name.replace("/", "、"))
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(found: Download, fault: str = "") -> str:
    officer = current_officer()
    return render_template(
        "leadership/downloads.html",
        year=found.documents.assessment,
        polls=found.documents.polls,
        download=found,
        officer=officer,
        sees_all=found.whole,
        plotly_address=plotly_address(),
        fault=fault,
        this_year=today().year,
    )
