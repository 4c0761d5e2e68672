"""Files and folders that are there whole or not at all, also after a power cut."""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["FolderInTheWay", "new_folder", "put_in_place", "put_once", "sync"]


class FolderInTheWay(OSError):  # noqa: N818 - plain nouns for errors (house rule)
    """Something else has this name already; nothing was written over."""


def sync(path: Path) -> None:
    """What was written to a file, or renamed in a folder, lies on the disk when this returns."""
    if path.is_dir() and os.name == "nt":  # Windows cannot open a folder; its rename is journalled
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(partial: Path, path: Path) -> None:
    """The finished file under its name, durably: there is never half a one."""
    partial.replace(path)
    sync(path.parent)


def put_once(partial: Path, path: Path) -> None:
    """The same, unless there is a file of this name already: that one stays."""
    with suppress(FileExistsError):
        os.link(partial, path)
    sync(path.parent)


@contextmanager
def new_folder(folder: Path, mode: int = 0o777) -> Iterator[Path]:
    """An empty folder to fill; at the end of the block it is made durable and takes the name `folder`.

    What a run that was killed left there is removed by the next. Raises FolderInTheWay if `folder` holds anything.
    """
    folder = folder.absolute()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInTheWay(str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    for left_over in folder.parent.glob(f".{folder.name}.*.partial"):
        shutil.rmtree(left_over, ignore_errors=True)
    partial = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.partial")
    partial.mkdir(mode=mode)
    try:
        yield partial
        for path in sorted(partial.rglob("*")):
            sync(path)
        sync(partial)
        if folder.exists():
            folder.rmdir()  # empty: a rename over it does not work everywhere
        partial.rename(folder)
        sync(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)
