"""For all tests: Hypothesis tries the same examples every time, and a slow machine is no fault. And the one browser."""

from collections.abc import Iterator

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from tests.machine import PATIENCE, chromium

settings.register_profile("house", deadline=None, derandomize=True, database=None)
settings.load_profile("house")
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium, one a worker: Playwright begins only once in a process, so every folder shares this one."""
    from tests.browser.conftest import FLAGS

    found = chromium()
    if found is None:
        pytest.fail("no Chromium: run `python -m tests.machine`, or name one in SURVEY_TEST_CHROMIUM")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield started
        started.close()
