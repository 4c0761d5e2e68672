"""What pages, reports and data files show is in the published files, each figure at its place: the demo university, looked up whole."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from flask import Flask, template_rendered
from flask.testing import FlaskClient

from analysis.disclosure.released import Released
from analysis.report.branch import branch_report
from analysis.report.cell_row import CellRow
from analysis.report.cells import cells_of_poll, released_cells
from analysis.report.content import Block, Cell, Report, Table
from analysis.report.figures import short_name
from analysis.report.leadership import leadership_report
from analysis.report.official_return import official_return
from analysis.report.staff import staff_report
from survey_app.app import create_app
from survey_app.services import assessing, publishing_cells, reporting, signing_in
from survey_app.services.reporting_documents import documents_of
from survey_app.settings import Settings
from survey_app.store.engines import Stores
from tests.demo_instance import DemoInstance, demo_instance
from tests.journeys.published_figures import Place, Published, place_of
from tests.journeys.shown_figures import ShownFigures
from tests.journeys.shown_pages import ShownTables, numbers_in

__all__ = ["demo_instance"]
LEAST = 1000  # a demo that shows fewer figures than this was not looked through


@pytest.fixture(scope="module")
def instance(demo_instance: DemoInstance, tmp_path_factory: pytest.TempPathFactory) -> DemoInstance:
    """A copy: signing in writes."""
    folder = shutil.copytree(demo_instance.folder, tmp_path_factory.mktemp("published") / "demo-instance")
    return DemoInstance(folder, demo_instance.demo)


@pytest.fixture(scope="module")
def stores(instance: DemoInstance) -> Iterator[Stores]:
    with instance.open() as opened:
        yield opened


@pytest.fixture
def published(stores: Stores) -> Published:
    return Published(publishing_cells.all_files(stores))


def polls_of(stores: Stores) -> dict[str, Released]:
    return {each.poll_id: reporting.released(stores, each.poll_id) for each in reporting.releases(stores)}


def test_every_number_of_an_assessment_is_published(stores: Stores, published: Published) -> None:
    for wave in assessing.assessed_waves(stores):
        document, folder = assessing.released_assessment(stores, wave.wave), f"assessment-{wave.wave}"
        for unit in document.units:
            published.assessed_unit(folder, unit)
        whole = document.university
        published.assessed_row(folder, {}, whole)
        published.shown(folder, {}, whole.shown)
        published.score(folder, "staff_voice", {}, "voice", whole.voice)
        published.score(folder, "staff_voice", {}, "voice_before", whole.voice_before)
        published.look_up(folder, "staff_voice", {}, "n_responding", whole.n_responding)
        published.look_up(folder, "staff_voice", {}, "n_eligible", whole.n_eligible)
        published.look_up(folder, "staff_voice", {}, "spread", whole.spread)
    assert published.missing == []
    assert published.looked_up > LEAST


def test_every_row_of_a_data_file_of_a_year_is_published(stores: Stores, published: Published) -> None:
    polls = polls_of(stores)
    for wave in assessing.assessed_waves(stores):
        for row in released_cells(documents_of(stores, wave.wave), "zh"):
            DataRow(published, polls, row).look_up()
    assert published.missing == []
    assert published.looked_up > LEAST


def test_every_row_of_a_data_file_of_a_poll_is_published(stores: Stores, published: Published) -> None:
    polls = polls_of(stores)
    for released in polls.values():
        for row in cells_of_poll(released, "zh"):
            DataRow(published, polls, row).look_up()
    assert published.missing == []
    assert published.looked_up > LEAST


def app_of(instance: DemoInstance) -> Flask:
    settings = Settings(
        instance=instance.folder,
        registry_url=instance.registry_url,
        ballot_box_url=instance.ballot_box_url,
        secret="x" * 48,
    )
    app = create_app(settings)
    app.config.update(TODAY=instance.today, TESTING=True)
    return app


@pytest.fixture(scope="module")
def reader(instance: DemoInstance, stores: Stores) -> FlaskClient:
    """Somebody of the leadership, signed in."""
    token = signing_in.sign_in(stores, "liangdong", "demo-liangdong", datetime.now(UTC))
    client = app_of(instance).test_client()
    with client.session_transaction(base_url="http://localhost/leadership/", path="/leadership/") as session:
        session["token"] = token
    return client


def addresses(stores: Stores) -> Iterator[tuple[str, str | None]]:
    """Every page of results, with the unit it is about."""
    for wave in (each.wave for each in assessing.assessed_waves(stores)):
        year = f"/leadership/years/{wave}"
        for page in ("", "/units", "/units?show=questions", "/classes", "/needs", "/trends"):
            yield year + page, None
        for unit in assessing.released_assessment(stores, wave).units:
            yield f"{year}/units/{unit.unit}", unit.unit
        yield f"/results/years/{wave}", None
    for poll, released in polls_of(stores).items():
        yield f"/leadership/{poll}", None
        yield f"/leadership/{poll}/units", None
        yield f"/results/{poll}", None
        for each in released.units:
            if each.id != "ALL":
                yield f"/leadership/{poll}/units/{each.id}", each.id
                yield f"/results/{poll}?unit={each.id}", each.id


def counts_of_units(published: Published) -> set[int]:
    """How many units have each class, grade or change: counted over published words."""
    return set(Counter(published.labels()).values())


def test_every_number_in_a_table_of_a_page_is_told_of_its_units(
    stores: Stores, reader: FlaskClient, published: Published
) -> None:
    everybody, unknown, seen = published.numbers(), [], 0
    for address, unit in addresses(stores):
        page = reader.get(address)
        assert page.status_code == 200, address
        for row in ShownTables(page.text).rows:
            units = row.units or ({unit} if unit else set())
            known = set().union(*(published.numbers(each) for each in units))
            if not row.units:
                known |= everybody
            seen += len(row.numbers)
            unknown += [(address, row.head.strip(), sorted(units), number) for number in row.numbers - known]
    assert unknown == []
    assert seen > LEAST


def test_every_figure_of_a_page_is_published_at_its_place(
    stores: Stores, reader: FlaskClient, published: Published
) -> None:
    """The figures a page is drawn from, before they are words: each with the row and the column it stands in."""
    polls, shown = polls_of(stores), ShownFigures(published)
    rendered: list[dict[str, Any]] = []

    def keep(_app: Flask, context: dict[str, Any], **_more: object) -> None:
        rendered.append(context)

    with template_rendered.connected_to(keep, reader.application):
        for address, _unit in addresses(stores):
            rendered.clear()
            reader.get(address)
            parts = address.replace("?", "/").split("/")
            poll = next((polls[part] for part in parts if part in polls), None)
            wave = next((part for part in parts if part.isdigit()), "")
            for context in rendered:
                shown.page(context, poll, wave)
    assert published.missing == []
    assert published.looked_up > LEAST


def reports_of(stores: Stores) -> Iterator[tuple[Report, str | None]]:
    """Every report of every year, with the unit it is about."""
    for wave in assessing.assessed_waves(stores):
        documents = documents_of(stores, wave.wave)
        yield leadership_report(documents, "zh", None), None
        yield official_return(documents, "zh", None), None
        yield staff_report(documents, "zh", None), None
        for unit in documents.assessment.units:
            yield branch_report(documents, unit.unit, "zh"), unit.unit
            yield staff_report(documents, "zh", unit.unit), unit.unit


def test_every_number_in_a_table_of_a_report_is_told_of_its_units(stores: Stores, published: Published) -> None:
    counted, unknown, seen = counts_of_units(published), [], 0
    everybody, names = published.numbers() | counted, units_by_name(stores)
    for report, unit in reports_of(stores):
        of_one = everybody | (published.numbers(unit) if unit else set())
        for row in (row for section in report.sections for block in section.blocks for row in rows_of(block)):
            known = of_one | published.numbers(names.get(row[0].text))
            shown = {number for cell in row[1:] for number in numbers_in(cell.text)}
            seen += len(shown)
            unknown += [(report.file_name, row[0].text, number) for number in shown - known]
    assert unknown == []
    assert seen > LEAST


def units_by_name(stores: Stores) -> dict[str, str]:
    """As tables of reports name them."""
    waves = [assessing.released_assessment(stores, each.wave) for each in assessing.assessed_waves(stores)]
    return {short_name(unit, "zh"): unit.unit for document in waves for unit in document.units}


def rows_of(block: Block) -> tuple[tuple[Cell, ...], ...]:
    return block.rows if isinstance(block, Table) else ()


class DataRow:
    """One row of Excel, CSV, SPSS and Parquet: which figure of which file each of its columns is."""

    def __init__(self, published: Published, polls: dict[str, Released], row: CellRow) -> None:
        self.published, self.polls, self.row = published, polls, row
        self.released = polls.get(row.poll)
        self.folder = row.poll if self.released else f"assessment-{row.poll}"
        self.at: Place = {} if row.unit_id == "ALL" else {"unit": row.unit_id}
        if self.released:
            self.at = place_of(self.released, row.unit_id)

    def look_up(self) -> None:
        """An unknown kind of row, or a number in a column where its kind has none, is an error."""
        named: dict[str, tuple[str, Place, str] | None] = getattr(self, f"_{self.row.table}")()
        for column in (
            "eligible",
            "base",
            "n",
            "score",
            "score_low",
            "score_high",
            "percent",
            "percent_low",
            "percent_high",
            "dont_know",
            "wanted",
        ):
            value = getattr(self.row, column)
            if value is None:
                continue
            assert column in named, (self.row.table, column)
            found = named[column]
            if found is not None:
                self.published.look_up(self.folder, *found, value)

    def _participation(self) -> dict[str, tuple[str, Place, str]]:
        at: Place = {} if self.row.unit_id == "ALL" else {"row": self.row.unit_id}
        names = {"eligible": "n_eligible", "n": "n_responding", "percent": "response_percent"}
        return {column: ("respondents", at, name) for column, name in names.items()}

    def _criteria(self) -> dict[str, tuple[str, Place, str]]:
        names = {
            "base": "n",
            "score": "score",
            "score_low": "low",
            "score_high": "high",
            "dont_know": "dont_know_percent",
        }
        return {column: (self.row.code, self.at, name) for column, name in names.items()}

    def _items(self) -> dict[str, tuple[str, Place, str]]:
        assert self.released
        code, item = self.row.code, self.released.item(self.row.code)
        share, stem = ("pct", "share") if item.option else ("top_two_box_percent", "top_two_box")
        chosen = {"answer": item.option} if item.option else {}
        return {
            "base": (code, self.at | {"answer": "valid"}, "n"),
            "score": (code, self.at, "mean"),
            "score_low": (code, self.at, "mean_low"),
            "score_high": (code, self.at, "mean_high"),
            "percent": (code, self.at | chosen, share),
            "percent_low": (code, self.at, f"{stem}_low"),
            "percent_high": (code, self.at, f"{stem}_high"),
            "dont_know": (code, self.at, "dont_know_percent"),
        }

    def _distributions(self) -> dict[str, tuple[str, Place, str]]:
        assert self.released
        row, item = self.row, self.released.item(self.row.code)
        names = {choice.text.zh: choice.id for choice in item.choices}
        code = "+".join(names[words] for words in row.option.split(" / ")) if row.option else ""
        return {
            "base": (row.code, self.at, "answers_told"),
            "n": (row.code, self.at | {"answer": code}, "n"),
            "percent": (row.code, self.at | {"answer": code}, "percent"),
        }

    def _comments(self) -> dict[str, tuple[str, Place, str]]:
        assert self.released
        column = next(each.column for each in self.released.items if each.item == self.row.code)
        return {"n": (column, self.at, "n")}

    def _needs(self) -> dict[str, tuple[str, Place, str]]:
        need, _, name = self.row.code.rpartition(".")
        at = {"need": need} | ({} if self.row.unit_id == "ALL" else {"row": self.row.unit_id})
        parts = {"base": "base", "percent": "value", "percent_low": "low", "percent_high": "high"}
        return {column: ("needs", at, f"{name}.{part}") for column, part in parts.items()}

    def _need_service(self) -> dict[str, tuple[str, Place, str] | None]:
        """Needs of one poll beside the ratings of services in another: each is looked up where it was asked."""
        row, parts = self.row, {"value": "", "low": "_low", "high": "_high"}
        need, _, service = row.code.partition(".")
        for released in self._polls_of_wave():
            if any(each.need == need for each in released.needs):
                for part, end in parts.items():
                    value = getattr(row, f"percent{end}")
                    self.published.look_up(released.poll.id, "needs", {"need": need}, f"wanted.{part}", value)
                self.published.look_up(released.poll.id, "needs", {"need": need}, "wanted.base", row.base)
            column = next((each.column for each in released.items if self._rates(each, service)), None)
            if column and row.score is not None:
                for end, name in {"": "mean", "_low": "mean_low", "_high": "mean_high"}.items():
                    self.published.look_up(released.poll.id, column, {}, name, getattr(row, f"score{end}"))
                self.published.look_up(released.poll.id, column, {"answer": "valid"}, "n", row.n)
        columns = ("base", "n", "score", "score_low", "score_high", "percent", "percent_low", "percent_high")
        return dict.fromkeys(columns)

    def _polls_of_wave(self) -> list[Released]:
        return [each for each in self.polls.values() if each.poll.wave == self.row.poll]

    @staticmethod
    def _rates(item: object, service: str) -> bool:
        feeds, kind, column = getattr(item, "feeds"), getattr(item, "kind"), getattr(item, "column")  # noqa: B009
        return "service_satisfaction" in feeds and kind == "matrix" and column.rpartition(".")[2] == service

    def _words(self) -> dict[str, tuple[str, Place, str]]:
        at = {"item": self.row.code, "word": self.row.content}
        at |= {} if self.row.unit_id == "ALL" else {"row": self.row.unit_id}
        return {"n": ("words", at, "n_people"), "percent": ("words", at, "percent")}

    def _themes(self) -> dict[str, tuple[str, Place, str]]:
        return {"n": ("words", {"theme": self.row.code}, "n_comments")}

    def _assessment(self) -> dict[str, tuple[str, Place, str]]:
        code, whole = self.row.code, "staff_voice"
        if code == "band":
            names = {"n": "n_responding", "eligible": "max", "percent": "response_percent"}
        elif code == "official_rate":
            names = {"base": f"{code}_base", "percent": code, "percent_low": f"{code}_low"}
            names["percent_high"] = f"{code}_high"
        else:
            names = _score_names(code)
        return {column: (whole, self.at, name) for column, name in names.items()}

    def _dimensions(self) -> dict[str, tuple[str, Place, str]]:
        names = _score_names("score") | {"dont_know": "unaware_percent"}
        return {column: (self.row.code, self.at, name) for column, name in names.items()}

    def _components(self) -> dict[str, tuple[str, Place, str]]:
        dimension, _, part = self.row.code.partition(".")
        return {column: (dimension, self.at, name) for column, name in _score_names(part).items()}

    def _changes(self) -> dict[str, tuple[str, Place, str]]:
        item = "staff_voice" if self.row.code == "voice" else self.row.code
        names = {"score": "change_difference", "score_low": "change_low", "score_high": "change_high"}
        return {column: (item, self.at, name) for column, name in names.items()}

    def _conditions(self) -> dict[str, tuple[str, Place, str]]:
        """The place of a condition in its unit is part of its published name."""
        ending = f"_{self.row.code.replace('.', '_', 1)}"
        at = frozenset(self.at.items())
        found = {
            key[3] for key in self.published.told if key[:3] == (self.folder, "staff_voice", at) and ending in key[3]
        }
        score = next((name for name in found if name.endswith(ending)), ending)
        limit = next((name for name in found if name.endswith(f"{ending}_limit")), ending)
        return {"score": ("staff_voice", self.at, score), "wanted": ("staff_voice", self.at, limit)}

    def _vetoes(self) -> dict[str, tuple[str, Place, str]]:
        return {}

    def _shown(self) -> dict[str, tuple[str, Place, str]]:
        return {column: ("staff_voice", self.at, name) for column, name in _score_names(self.row.code).items()}


def _score_names(name: str) -> dict[str, str]:
    return {"base": f"{name}_base", "score": name, "score_low": f"{name}_low", "score_high": f"{name}_high"}
