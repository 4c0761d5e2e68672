"""What is public of a release: the files of all published cells, and a folder or an archive of them, whole or not at all."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from questionnaires.texts import Text
from survey_app.services import assessing, reporting
from survey_app.services.errors import Refusal
from survey_app.store.durability import FolderInTheWay, new_folder
from survey_app.store.engines import Stores

SUMS = "SHA256SUMS"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of every file in an archive, so that the same files give the same bytes


class NotExportable(Refusal):
    """The folder cannot be written; what is there stays as it is."""


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """One file in a list. `sha256`: hexadecimal."""

    name: str
    size: int
    sha256: str


@lru_cache(maxsize=16)  # what was released never changes
def poll_files(stores: Stores, poll_id: str) -> Mapping[str, bytes]:
    """File name -> bytes of a released poll, with SHA256SUMS over the others. Raises NoSuchPoll."""
    from analysis.disclosure.published import published_files

    return _with_sums(published_files(reporting.released(stores, poll_id)))


@lru_cache(maxsize=8)
def assessment_files(stores: Stores, wave: str) -> Mapping[str, bytes]:
    """The same of a released assessment. Raises NoSuchWave."""
    from analysis.disclosure.published_assessment import published_assessment

    return _with_sums(published_assessment(assessing.released_assessment(stores, wave)))


def all_files(stores: Stores) -> dict[str, bytes]:
    """Everything that is public: one folder for each released poll and each assessed wave."""
    found = {
        f"{summary.poll_id}/{name}": data
        for summary in reporting.releases(stores)
        for name, data in poll_files(stores, summary.poll_id).items()
    }
    for wave in assessing.assessed_waves(stores):
        folder = f"assessment-{wave.wave}"
        found |= {f"{folder}/{name}": data for name, data in assessment_files(stores, wave.wave).items()}
    return found


def listed(files: Mapping[str, bytes]) -> tuple[PublishedFile, ...]:
    """The files in the order of their names, with sizes and fingerprints."""
    return tuple(
        PublishedFile(name, len(data), hashlib.sha256(data).hexdigest()) for name, data in sorted(files.items())
    )


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP of the files; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, _FIRST_DAY), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def export(files: Mapping[str, bytes], folder: Path) -> bool:
    """Write the files as a new folder: it is there whole, or not at all. False if it was there already with these files.

    Raises NotExportable if something else is in the way.
    """
    if _holds(folder, files):
        return False
    try:
        with new_folder(folder) as partial:
            for name, data in files.items():
                path = partial / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
    except FolderInTheWay as fault:
        raise NotExportable(
            Text(f"{folder} 里已有别的文件，没有覆盖。", f"{folder} holds something else; nothing was written over.")
        ) from fault
    return True


def _with_sums(files: dict[str, bytes]) -> Mapping[str, bytes]:
    lines = [f"{each.sha256}  {each.name}\n" for each in listed(files)]
    return MappingProxyType(files | {SUMS: "".join(lines).encode()})


def _holds(folder: Path, files: Mapping[str, bytes]) -> bool:
    if not folder.is_dir():
        return False
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    return there == set(files) and all((folder / name).read_bytes() == data for name, data in files.items())
