"""`python -m questionnaires check FILE...`: are these documents sound? Exit 1 if any is not, 2 on wrong use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path

from questionnaires.documents import DocumentFaults, read_shared_yaml, text_of
from questionnaires.library import read_document

USAGE = "usage: python -m questionnaires check FILE..."


def main(arguments: Sequence[str]) -> int:
    if len(arguments) < 2 or arguments[0] != "check":
        print(USAGE, file=sys.stderr)
        return 2
    # A fault may quote signs the terminal cannot show.
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    return max(_check(Path(name)) for name in arguments[1:])


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
