"""The public files: every cell of a release, a folder that is there whole or not at all, commands that say what they did."""

import hashlib
import io
import json
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from flask.testing import FlaskCliRunner

from analysis.disclosure.published_assessment import published_assessment
from survey_app.app import create_app
from survey_app.commands import add_commands
from survey_app.services import assessing, publishing_cells, reporting
from survey_app.services.errors import NoSuchPoll, NoSuchWave
from survey_app.services.publishing_cells import SUMS, NotExportable
from survey_app.settings import Settings
from tests.demo_instance import DemoInstance
from tests.services.killed_exporter import files

TOP = Path(__file__).parents[2]


def exported(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def numbers(value: object, at: str = "") -> list[tuple[str, int]]:
    """Every whole number of a document with its path."""
    if isinstance(value, dict):
        return [found for key, each in value.items() for found in numbers(each, f"{at}/{key}")]
    if isinstance(value, list):
        return [found for place, each in enumerate(value) for found in numbers(each, f"{at}/{place}")]
    return [(at, value)] if isinstance(value, int) and not isinstance(value, bool) else []


def test_an_export_that_is_killed_leaves_a_whole_folder_or_none(tmp_path: Path) -> None:
    target, seen = tmp_path / "public", set()
    for delay in (0.0, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 30.0):
        command = [sys.executable, "-m", "tests.services.killed_exporter", str(target)]
        with subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "begins\n"
            try:
                process.wait(delay)
            except subprocess.TimeoutExpired:
                process.kill()
        if target.exists():
            assert exported(target) == files()
            for path in sorted(target.rglob("*"), reverse=True):
                path.rmdir() if path.is_dir() else path.unlink()
            target.rmdir()
            seen.add("whole")
        else:
            seen.add("absent")
    assert seen == {"whole", "absent"}
    assert list(tmp_path.iterdir()) == []  # the last run tidied up after those that were killed


def test_a_reader_never_meets_half_a_folder(tmp_path: Path) -> None:
    target, faults, stop = tmp_path / "public", [], threading.Event()

    def look() -> None:
        while not stop.is_set():
            if target.exists() and len([path for path in target.rglob("*") if path.is_file()]) != len(files()):
                faults.append("half")

    reader = threading.Thread(target=look)
    reader.start()
    assert publishing_cells.export(files(), target)
    stop.set()
    reader.join()
    assert faults == []
    assert not publishing_cells.export(files(), target)


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / "mine.txt").write_text("mine")
    with pytest.raises(NotExportable):
        publishing_cells.export(files(), tmp_path / "public")
    assert exported(tmp_path / "public") == {"mine.txt": b"mine"}
    assert [path.name for path in tmp_path.iterdir()] == ["public"]


def test_the_files_of_a_poll_are_of_the_format_and_summed(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        found = publishing_cells.poll_files(stores, "home-2026")
        released = reporting.released(stores, "home-2026")
        with pytest.raises(NoSuchPoll):
            publishing_cells.poll_files(stores, "congress-2026")
        with pytest.raises(NoSuchWave):
            publishing_cells.assessment_files(stores, "2031")
    sums = dict(reversed(line.split("  ")) for line in found[SUMS].decode().splitlines())
    assert sums == {name: hashlib.sha256(data).hexdigest() for name, data in found.items() if name != SUMS}
    document = json.loads(found["b01.json"])
    assert (document["format"], document["item"], document["k"]) == ("survey_app.published/1", "b01", 5)
    shown = {cell["at"].get("unit") for cell in document["cells"] if cell["n"] is not None}
    assert {"b01", None} <= shown
    assert all(not 0 < cell["n"] < 5 or len(cell["at"]) > 1 for cell in document["cells"] if cell.get("n"))
    scores = {cell["at"]["unit"]: cell["mean"] for cell in document["means"] if list(cell["at"]) == ["unit"]}
    assert scores["b01"] == released.item_figure("b01", "b01").mean
    packed = zipfile.ZipFile(io.BytesIO(publishing_cells.archive(found)))
    assert {name: packed.read(name) for name in packed.namelist()} == dict(found)
    assert publishing_cells.archive(found) == publishing_cells.archive(dict(reversed(found.items())))


def test_every_number_of_the_released_assessment_is_in_its_files(demo_instance: DemoInstance) -> None:
    with demo_instance.open() as stores:
        released = assessing.released_assessment(stores, "2026")
    told = {name: json.loads(data) for name, data in published_assessment(released).items()}
    values: dict[tuple[str | None, str], set[object]] = {}
    for name, document in told.items():
        for figure in document["figures"]:
            values.setdefault((figure["at"].get("unit"), name), set()).add(figure["value"])
    plain = json.loads(released.to_json())
    missing = []
    for unit in [plain["university"] | {"unit": None}, *plain["units"]]:
        parts = {f"{each['id']}.json": each for each in unit["dimensions"]}
        parts |= {"cases.json": unit["cases"]}
        parts["staff_voice.json"] = {key: value for key, value in unit.items() if key not in ("dimensions", "cases")}
        for name, part in parts.items():
            known = values.get((unit["unit"], name), set())
            missing += [
                (unit["unit"], name, at, value)
                for at, value in numbers(part)
                if value not in known and at.rpartition("/")[2] not in ("n_eligible", "wanted", "limit", "of", "weight")
                and "/tiers/" not in at and not at.startswith("/evidence")
            ]  # fmt: skip
    assert missing == []


def test_the_commands_release_export_and_say_what_they_did(own_demo_instance: DemoInstance, tmp_path: Path) -> None:
    runner = _runner(own_demo_instance)
    one, every = tmp_path / "one", tmp_path / "every"
    assert "written" in runner.invoke(args=["release", "export", "home-2026", str(one)]).output
    assert "already there" in runner.invoke(args=["release", "export", "home-2026", str(one)]).output
    assert runner.invoke(args=["release", "export", "--all", str(every)]).exit_code == 0
    assert {path.name for path in every.iterdir()} == {
        *("needs-2025", "home-2025", "needs-2026", "home-2026", "assessment-2025", "assessment-2026")
    }
    assert exported(every / "home-2026") == exported(one)
    refused = runner.invoke(args=["release", "export", "congress-2026", str(tmp_path / "no")])
    assert (refused.exit_code, "No released poll" in refused.output) == (1, True)
    assert not (tmp_path / "no").exists()
    assert runner.invoke(args=["release", "export", "home-2026"]).exit_code == 2
    still = runner.invoke(args=["release", "poll", "congress-2026"])
    assert (still.exit_code, "not sealed" in still.output) == (1, True)
    again = runner.invoke(args=["release", "assessment", "2026"])
    assert (again.exit_code, "released: assessment 2026" in again.output) == (0, True)
    never = runner.invoke(args=["release", "assessment", "2031"])
    assert (never.exit_code, "not sealed" in never.output) == (1, True)


def _runner(instance: DemoInstance) -> FlaskCliRunner:
    environment = {"SURVEY_INSTANCE": str(instance.folder), "SURVEY_SECRET": "s" * 32}
    app = create_app(Settings.from_environment(environment))
    add_commands(app)
    return app.test_cli_runner()
