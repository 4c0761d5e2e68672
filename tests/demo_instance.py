"""A finished demo instance for tests: made once a test run, even with several workers, in the run's temporary folder.

`demo_instance` is shared and read only; a test that writes takes `own_demo_instance`, a copy of its own.
In a conftest: `from tests.demo_instance import demo_instance, own_demo_instance`.
"""

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from survey_app.demo import Demo, make_demo
from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

TODAY = date(2026, 11, 23)
MADE = "made"


@dataclass(frozen=True)
class DemoInstance:
    """An instance folder laid out as SURVEY_INSTANCE expects it. Set app.config["TODAY"] to `today`."""

    folder: Path
    demo: Demo
    today: date = TODAY

    @property
    def registry_url(self) -> str:
        return f"sqlite:///{self.folder / 'registry.db'}"

    @property
    def ballot_box_url(self) -> str:
        return f"sqlite:///{self.folder / 'ballot_box.db'}"

    @contextmanager
    def open(self) -> Iterator[Stores]:
        """Both databases, closed again afterwards."""
        stores = Stores(registry_engine(self.registry_url), ballot_box_engine(self.ballot_box_url))
        try:
            yield stores
        finally:
            stores.registry.dispose()
            stores.ballot_box.dispose()


@contextmanager
def empty_stores(folder: Path) -> Iterator[Stores]:
    """An instance with both databases and nothing in them."""
    folder.mkdir(parents=True, exist_ok=True)
    stores = Stores(
        registry_engine(f"sqlite:///{folder / 'registry.db'}"),
        ballot_box_engine(f"sqlite:///{folder / 'ballot_box.db'}"),
    )
    upgrade(stores.registry, stores.ballot_box)
    try:
        yield stores
    finally:
        stores.registry.dispose()
        stores.ballot_box.dispose()


def _made_once(shared: Path) -> Path:
    """The first worker makes it, the others wait at the lock."""
    folder = shared / "demo-instance"
    with (shared / "demo-instance.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / MADE).exists():
            with empty_stores(folder) as stores:
                make_demo(stores, folder, None, TODAY)
            (folder / MADE).touch()
    return folder


def _opened(folder: Path) -> DemoInstance:
    with empty_stores(folder) as stores:
        return DemoInstance(folder, make_demo(stores, folder, None, TODAY))


@pytest.fixture(scope="session")
def demo_instance(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> DemoInstance:
    """The demo university, finished. Read only: other tests look at it too."""
    base = tmp_path_factory.getbasetemp()
    return _opened(_made_once(base if worker_id == "master" else base.parent))


@pytest.fixture
def own_demo_instance(demo_instance: DemoInstance, tmp_path: Path) -> DemoInstance:
    """A copy that the test may change."""
    return _opened(shutil.copytree(demo_instance.folder, tmp_path / "demo-instance"))
