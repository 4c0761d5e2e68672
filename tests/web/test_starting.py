"""What somebody reads who starts the service with something wrong: one sentence, and nothing of our code."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).parents[2]


def started(instance: Path, *command: str, **given: str) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"SURVEY_INSTANCE": str(instance)} | {f"SURVEY_{k}": v for k, v in given.items()}
    flask = str(Path(sys.executable).parent / "flask")
    return subprocess.run(
        [flask, "--app", "wsgi", *command],
        check=False,
        cwd=TOP,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize(
    ("given", "word"),
    [
        ({"PUBLIC_ADDRESS": "http://survey.example.edu.cn"}, "not https"),
        ({"INSTANCE": "/proc/nowhere"}, "SURVEY_INSTANCE"),
        ({"REGISTRY": "postgresql+psycopg://nobody@127.0.0.1:1/none"}, "SURVEY_REGISTRY"),
    ],
)
def test_what_cannot_be_used_is_refused_in_one_line(tmp_path: Path, given: dict[str, str], word: str) -> None:
    ended = started(tmp_path, "init", **given)
    assert ended.returncode == 1
    assert word in ended.stderr
    assert "Traceback" not in ended.stderr


def test_a_second_server_on_the_same_port_is_refused(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        ended = started(tmp_path, "serve", PORT=port)
    assert ended.returncode == 1
    assert port in ended.stderr
    assert "SURVEY_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
