"""The commands of whoever runs the service: what they print, and how they end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import Result

from survey_app.app import create_app
from survey_app.ballots.audit.__main__ import main
from survey_app.ballots.manifests import fingerprint
from survey_app.commands import add_commands
from survey_app.services.sealing import box_path
from survey_app.settings import Settings
from survey_app.web.instance import stores
from tests.services.test_auditing_polls import an_honest_poll, in_box
from tests.small_polls import open_poll
from tests.small_terms import SECRET


class Instance:
    """An installation as its commands see it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = create_app(Settings.from_environment({"SURVEY_INSTANCE": str(folder), "SURVEY_SECRET": SECRET * 2}))
        add_commands(self.app)

    def run(self, *arguments: str) -> Result:
        with self.app.app_context():
            return self.app.test_cli_runner().invoke(args=list(arguments))

    def close(self) -> None:
        with self.app.app_context():
            stores().registry.dispose()
            stores().ballot_box.dispose()


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    """With a sealed poll by ticket and an open one."""
    made = Instance(tmp_path / "instance")
    assert made.run("init").exit_code == 0
    with made.app.app_context():
        an_honest_poll(stores(), made.folder)
        open_poll(stores(), "anybody")
    yield made
    made.close()


def test_audit_and_board_say_what_holds_and_end_with_0(instance: Instance, tmp_path: Path) -> None:
    written = instance.run("board", "poll-1", str(tmp_path / "board"))
    assert (written.exit_code, "written: board.json, manifest.json" in written.output) == (0, True)
    letters = fingerprint((tmp_path / "board" / "manifest.json").read_bytes())
    assert main([str(tmp_path / "board"), "--fingerprint", letters]) == 0
    told = instance.run("audit", "poll-1", "--fingerprint", letters, "--language", "en")
    assert told.exit_code == 0
    assert "[holds] The registry knows this box and its counts." in told.output
    assert told.output.endswith("Everything that could be checked holds.\n")
    assert "[不符] 清单（不凭票的是问卷）的指纹是" in instance.run("audit", "poll-1", "--fingerprint", "0" * 32).output


def test_a_fault_ends_with_1_and_a_sentence(instance: Instance, tmp_path: Path) -> None:
    assert "anybody is not sealed yet" in instance.run("audit", "anybody").output
    assert "No poll is called nowhere." in instance.run("board", "nowhere", str(tmp_path / "board")).output
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine").touch()
    assert instance.run("board", "poll-1", str(tmp_path / "full")).exit_code == 1
    in_box(box_path(instance.folder, "poll-1").parent, "DELETE FROM ballot WHERE unit_id = 'b02'")
    told = instance.run("audit", "poll-1")
    assert told.exit_code == 1
    assert "[不符] 封存箱的指纹与公示的不同" in told.output


def test_a_backup_says_what_is_not_in_it_and_comes_back_audited(instance: Instance, tmp_path: Path) -> None:
    made = instance.run("backup", str(tmp_path / "copy"))
    assert made.exit_code == 0
    assert "not sealed yet: anybody" in made.output
    assert "the secret of this instance" in made.output
    assert "nothing was written over" in instance.run("backup", str(tmp_path / "copy")).output
    other = Instance(tmp_path / "other")
    back = other.run("restore", str(tmp_path / "copy"), "--language", "en")
    other.close()
    assert back.exit_code == 0
    assert "The receipts of all 13 ballots follow from their answers" in back.output
    assert "closed, for their ballots were in no backup: anybody" in back.output
    assert "is no backup" in instance.run("restore", str(tmp_path)).output
