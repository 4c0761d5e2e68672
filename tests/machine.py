"""What the tests need of this machine: a Chromium and a Chinese font. `python -m tests.machine` installs what is missing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

#: How long a browser is waited for, in milliseconds: a condition that holds is seen at once, a busy machine is no fault.
PATIENCE = 30_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser to drive: SURVEY_TEST_CHROMIUM, else one on PATH, else Playwright's own; None where there is none."""
    named = os.environ.get("SURVEY_TEST_CHROMIUM")
    if named:
        return named
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def chinese_font() -> bool:
    listing = shutil.which("fc-list")
    if listing is None:
        return False
    return bool(subprocess.run([listing, ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip())


def main() -> int:
    wanted = [*([] if chromium() else ["chromium"]), *([] if chinese_font() else ["fonts-noto-cjk", "fontconfig"])]
    if not wanted:
        return 0
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"The browser tests need: {', '.join(wanted)}. Install them, or name a browser in SURVEY_TEST_CHROMIUM.")
        return 1
    print(f"Installing for the browser tests (Debian packages): {', '.join(wanted)} ...", flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted], check=True, env=environment)
    return 0 if chromium() else 1


if __name__ == "__main__":
    sys.exit(main())
