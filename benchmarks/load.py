"""A small load generator: prepared requests over kept connections, from a process of its own, to 127.0.0.1 only."""

import multiprocessing
import socket
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing.queues import Queue
from pathlib import Path

TICKS_PER_SECOND = 100  # /proc/<pid>/stat counts in these


@dataclass(frozen=True)
class Load:
    """What one run saw: completed pairs of GET and POST, seconds, answers that were not expected."""

    completed: int
    seconds: float
    faults: dict[str, int]


def _read_answer(connection: socket.socket, buffer: bytes) -> tuple[bytes, bytes]:
    """One HTTP/1.1 answer with a Content-Length; the status line and what was read beyond it."""
    while b"\r\n\r\n" not in buffer:
        more = connection.recv(65536)
        if not more:
            raise ConnectionError
        buffer += more
    head, rest = buffer.split(b"\r\n\r\n", 1)
    length = next(int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while len(rest) < length:
        rest += connection.recv(65536)
    return head.split(b"\r\n", 1)[0], rest[length:]


def _work(port: int, get: bytes, posts: Sequence[bytes], done: list[int], faults: dict[str, int]) -> None:
    connection = socket.create_connection(("127.0.0.1", port), timeout=30)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    buffer = b""
    for post in posts:
        for request in filter(None, (get, post)):
            connection.sendall(request)
            status, buffer = _read_answer(connection, buffer)
            if not status.startswith((b"HTTP/1.1 200", b"HTTP/1.1 201")):
                faults[status.decode()] = faults.get(status.decode(), 0) + 1
        done.append(1)
    connection.close()


def _drive(port: int, get: bytes, posts: Sequence[bytes], connections: int, results: "Queue[Load]") -> None:
    done: list[int] = []
    faults: dict[str, int] = {}
    shares = [posts[start::connections] for start in range(connections)]
    threads = [threading.Thread(target=_work, args=(port, get, share, done, faults)) for share in shares]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(Load(len(done), time.perf_counter() - start, faults))


def drive(port: int, get: bytes, posts: Sequence[bytes], connections: int = 8) -> Load:
    """Send each post once, a GET before each unless it is empty, over so many connections; returns when all are answered."""
    context = multiprocessing.get_context("fork")
    results: Queue[Load] = context.Queue()
    process = context.Process(target=_drive, args=(port, get, posts, connections, results))
    process.start()
    load = results.get(timeout=300)
    process.join()
    return load


def cpu_seconds(root: int) -> float:
    """Processor time used so far by process `root` and all below it."""
    parents: dict[int, int] = {}
    used: dict[int, float] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
            used[int(entry.name)] = (int(fields[11]) + int(fields[12])) / TICKS_PER_SECOND
    family = {root}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return sum(used.get(pid, 0.0) for pid in family)


def request(method: str, path: str, body: bytes = b"", media_type: str = "application/json") -> bytes:
    """One HTTP/1.1 request as bytes."""
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\n"
    if body:
        head += f"Content-Type: {media_type}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"\r\n" + body
