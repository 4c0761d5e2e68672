"""Numbers are multiplied on one thread: the setting stands before numpy is loaded, whichever way the analysis is started."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]
SEEN = """
import os, sys
def seen(event, arguments):
    if event == "import" and arguments[0] == "numpy":
        print(os.environ.get("OPENBLAS_NUM_THREADS", "not set"))
sys.addaudithook(seen)
import {module}
"""


def told(module: str, **given: str) -> list[str]:
    """What the setting was each time numpy was asked for in a new process that loads a module."""
    own = {name: value for name, value in os.environ.items() if not name.endswith("_NUM_THREADS")}
    command = [sys.executable, "-c", SEEN.format(module=module)]
    done = subprocess.run(command, cwd=TOP, env=own | given, check=True, capture_output=True, text=True)
    return done.stdout.split()


@pytest.mark.parametrize("module", ["analysis.__main__", "survey_app.services.sealing", "survey_app.leadership"])
def test_the_analysis_multiplies_on_one_thread(module: str) -> None:
    assert set(told(module)) == {"1"}


def test_who_sets_the_number_of_threads_is_heard() -> None:
    assert set(told("analysis.__main__", OPENBLAS_NUM_THREADS="3")) == {"3"}
