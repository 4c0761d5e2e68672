"""The service as it is run in production: `flask --app wsgi serve` in a process of its own, with its output kept."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TOP = Path(__file__).parents[1]
PATIENCE = 60.0


@dataclass
class RealServer:
    """A running server: its port, its process group, the file that holds all it printed."""

    port: int
    process: subprocess.Popen[bytes]
    printed: Path

    def call(
        self, method: str, path: str, body: bytes = b"", headers: dict[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body or None, {"Content-Type": "application/json"} | (headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9 to the server and its workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(instance: Path, printed: Path) -> Iterator[RealServer]:
    """Serve the instance in this folder; stopped at the end, if it still runs."""
    port = free_port()
    environment = os.environ | {"SURVEY_INSTANCE": str(instance), "SURVEY_PORT": str(port)}
    command = [str(Path(sys.executable).parent / "flask"), "--app", "wsgi", "serve", "--workers", "1"]
    with printed.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=TOP, env=environment, stdout=output, stderr=output, start_new_session=True
        )
    server = RealServer(port, process, printed)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                server.call("GET", "/anonymity")
                break
            except OSError:
                assert process.poll() is None, printed.read_text("utf-8", "replace")
                assert time.monotonic() < deadline, "the server did not start"
                time.sleep(0.05)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=PATIENCE)
