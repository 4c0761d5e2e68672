"""Questionnaires on the command line. Exit 1 if a file is not sound or cannot be read, 2 on wrong use.

`python -m questionnaires check FILE...`: are these documents sound?
`python -m questionnaires review FILE...`: what do the design checks say of them?
`python -m questionnaires convert IN OUT`: from one format into another, both known by the ends of their names.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

from questionnaires.documents import DocumentFaults, read_shared_yaml, text_of
from questionnaires.library import read_document

if TYPE_CHECKING:
    from questionnaires.formats import Imported

USAGE = """usage: python -m questionnaires check FILE...
       python -m questionnaires review FILE...
       python -m questionnaires convert IN OUT"""


def main(arguments: Sequence[str]) -> int:
    # A fault may quote signs the terminal cannot show.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    match arguments:
        case ["check", _, *_]:
            return max(_check(Path(name)) for name in arguments[1:])
        case ["review", _, *_]:
            return max(_review(Path(name)) for name in arguments[1:])
        case ["convert", source, target]:
            return _convert(Path(source), Path(target))
    print(USAGE, file=sys.stderr)
    return 2


def _review(file: Path) -> int:
    """Print what the design checks say of one file, one line a finding; 1 if something blocks."""
    from questionnaires.design_checks import blocking, findings

    imported = _read(file)
    if imported is None:
        return 1
    found = findings(imported.questionnaire)
    for one in found:
        about = f" ({one.about.in_language('en')})" if one.about else ""
        print(f"{file}: {one.place}: {one.rule.severity}: {one.rule.reason.in_language('en')}{about} [{one.rule.id}]")
    if not found:
        print(f"{file}: nothing to mend")
    return 1 if blocking(found) else 0


def _convert(source: Path, target: Path) -> int:
    """Write the target whole, or not at all; print what was not carried on the way in and on the way out."""
    from questionnaires.formats import UnreadableFile, write_file

    imported = _read(source)
    if imported is None:
        return 1
    try:
        written = write_file(imported.questionnaire, target.name)
    except UnreadableFile as refusal:
        print(f"{target}: {refusal}")
        return 1
    for one in (*imported.notes, *written.notes):
        print(one)
    beside = target.with_name(f".{target.name}.part")
    try:
        beside.write_bytes(written.data)
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        print(f"{target}: cannot be written: {error.strerror}.")
        return 1
    count = len(imported.questionnaire.items)
    print(f"{target}: written, {count} items, {len(imported.notes) + len(written.notes)} notes")
    return 0


def _read(file: Path) -> Imported | None:
    """The questionnaire of a file in any known format, or None after printing why not."""
    from questionnaires.formats import UnreadableFile, read_file
    from questionnaires.formats.drafts import LARGEST_FILE

    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST_FILE + 1)
        return read_file(data, file.name)
    except UnreadableFile as refusal:
        for one in refusal.notes:
            print(f"{file}: {one}")
    except OSError as error:
        print(f"{file}: cannot be read: {error.strerror}.")
    return None


def _check(file: Path) -> int:
    """Print the faults of one file, or one line that it is sound."""
    try:
        print(f"{file}: {_summary(file)}")
    except DocumentFaults as error:
        for fault in error.faults:
            print(f"{file}: {fault}")
        return 1
    except OSError as error:
        print(f"{file}: cannot be read: {error.strerror}.")
        return 1
    return 0


def _summary(file: Path) -> str:
    data = file.read_bytes()
    if file.name == "_shared.yaml":
        lists = read_shared_yaml(text_of(data, file.name), file.name)
        return f"sound, {len(lists.scales)} scales, {len(lists.option_lists)} option lists"
    if file.name == "scoring.yaml":
        from questionnaires.scoring import read_scoring

        return f"sound, {len(read_scoring(text_of(data, file.name), file.name).criteria)} criteria"
    questionnaire = read_document(data, file.name)
    return f"sound, {len(questionnaire.items)} items in {len(questionnaire.sections)} sections"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
