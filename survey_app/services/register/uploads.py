"""An uploaded list waits here between its preview and its import: under a random name, readable by the service alone.

A list of members holds names. It is wiped when it has been imported or given up, and after an hour in any case.
"""

import os
import re
import secrets
import time
from pathlib import Path

from survey_app.store.errors import StoreFull

KEPT_SECONDS = 3600
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


class NoSuchUpload(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """The upload was imported, given up or wiped after an hour."""


def keep(instance: Path, data: bytes) -> str:
    """Keep an upload and return the token that finds it again. Raises StoreFull."""
    folder = instance / "uploads"
    token = secrets.token_urlsafe(32)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        wipe_old(instance)
        descriptor = os.open(folder / token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
    except OSError as error:
        wipe(instance, token)
        raise StoreFull("The upload could not be kept.") from error
    return token


def kept(instance: Path, token: str) -> bytes:
    """The bytes kept under this token. Raises NoSuchUpload."""
    wipe_old(instance)
    if not _TOKEN.fullmatch(token):
        raise NoSuchUpload
    try:
        return (instance / "uploads" / token).read_bytes()
    except FileNotFoundError as error:
        raise NoSuchUpload from error


def wipe(instance: Path, token: str) -> None:
    """Delete an upload; nothing happens if it is gone."""
    if _TOKEN.fullmatch(token):
        _overwrite(instance / "uploads" / token)


def wipe_old(instance: Path) -> None:
    """Delete what nobody came back for."""
    for path in (instance / "uploads").glob("*"):
        try:
            too_old = time.time() - path.stat().st_mtime > KEPT_SECONDS
        except FileNotFoundError:
            continue
        if too_old:
            _overwrite(path)


def _overwrite(path: Path) -> None:
    # Overwriting is no promise on every disk, but costs nothing and helps on most.
    try:
        with path.open("r+b") as file:
            file.write(b"\0" * path.stat().st_size)
        path.unlink()
    except FileNotFoundError:
        pass
