"""A task measured in a process of its own: wall clock, seconds of the processor, and its peak memory above what it was given."""

import multiprocessing
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Work = Callable[[], Any]


@dataclass(frozen=True)
class Run:
    """`processor`: seconds of all cores, what a busy machine does not change much; `seen`: what the task returned, as a check."""

    seconds: float
    processor: float
    peak_mib: float
    seen: Any

    def told(self, name: str, floor: "Run | None" = None) -> str:
        """One line of a table."""
        ratio = "" if floor is None else f" {self.processor / floor.processor:7.2f} x"
        times = f"{self.seconds:7.3f} s wall {self.processor:7.3f} s processor"
        return f"{name:44s} {times}{ratio} {self.peak_mib:5.0f} MiB"


def best(runs: int, ready: Callable[..., Work], *arguments: object) -> Run:
    """The shortest times and the highest peak of several processes; `ready` loads and warms up and returns what is measured."""
    done = [_alone(ready, arguments) for _ in range(runs)]
    seconds, processor = min(run.seconds for run in done), min(run.processor for run in done)
    return Run(seconds, processor, max(run.peak_mib for run in done), done[0].seen)


def _alone(ready: Callable[..., Work], arguments: tuple[object, ...]) -> Run:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (ready, arguments))


def _measured(ready: Callable[..., Work], arguments: tuple[object, ...]) -> Run:
    work = ready(*arguments)
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is forgotten
    before, start, used = _resident(), time.perf_counter(), time.process_time()
    seen = work()
    seconds, processor = time.perf_counter() - start, time.process_time() - used
    return Run(seconds, processor, _peak() - before, seen)


def _peak() -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
