"""Threat: the machine dies in the middle. No acknowledged ballot is lost or doubled, no code spent for nothing."""

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from survey_app.services import issuing
from survey_app.services.casting import cast_ballot
from survey_app.store.ballot_box import ballot, comment, slip_code
from survey_app.store.engines import Stores
from tests.small_polls import DAY, answers, open_poll, submission
from tests.small_polls import comment as a_comment

TOP = Path(__file__).parents[2]


def count(stores: Stores, table) -> int:
    with stores.ballot_box.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def killed_after(stores: Stores, submissions_file: Path, acknowledged: int) -> list[str]:
    """Receipts the process gave before kill -9 met it, sent at the moment of the last one waited for."""
    url = stores.ballot_box.url.render_as_string(hide_password=False)
    command = [sys.executable, "-m", "tests.secrecy.killed_caster", url, str(submissions_file)]
    with subprocess.Popen(command, cwd=TOP, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        receipts = [process.stdout.readline().strip() for _ in range(acknowledged)]
        process.send_signal(signal.SIGKILL)
        receipts += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.wait()
    assert process.returncode == -signal.SIGKILL
    return receipts


@pytest.mark.parametrize("acknowledged", [1, 33, 71])
def test_kill_in_the_middle_of_a_hundred_submissions_loses_and_doubles_nothing(
    stores: Stores, tmp_path: Path, acknowledged: int
) -> None:
    open_poll(stores, way="slip")
    codes = issuing.draw_slips(stores, "poll-1", "b01", 100)
    sent = [submission(code, answers=answers(), comments=(a_comment(),)) for code in codes]
    file = tmp_path / "submissions.pickle"
    file.write_bytes(pickle.dumps(sent))
    receipts = killed_after(stores, file, acknowledged)
    assert acknowledged <= len(receipts) < 100

    again = [cast_ballot(stores.ballot_box, one, DAY) for one in sent]  # every page sends again what it is not sure of
    assert [one.receipt.hex() for one in again[: len(receipts)]] == receipts
    assert all(one.repeated for one in again[: len(receipts)])
    assert sum(one.repeated for one in again) in (len(receipts), len(receipts) + 1)  # at most one stored but not told
    assert [count(stores, table) for table in (ballot, comment, slip_code)] == [100, 100, 100]
