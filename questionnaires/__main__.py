"""`python -m questionnaires check FILE...`: are these documents sound? Exit 1 if any is not, 2 on wrong use."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from questionnaires.documents import DocumentFaults, read_json, read_shared_yaml, read_yaml
from questionnaires.library import shared

USAGE = "usage: python -m questionnaires check FILE..."


def main(arguments: Sequence[str]) -> int:
    if len(arguments) < 2 or arguments[0] != "check":
        print(USAGE, file=sys.stderr)
        return 2
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
    except UnicodeDecodeError:
        print(f"{file}: is not UTF-8 text.")
        return 1
    return 0


def _summary(file: Path) -> str:
    text = file.read_text("utf-8")
    if file.name == "_shared.yaml":
        lists = read_shared_yaml(text, file.name)
        return f"sound, {len(lists.scales)} scales, {len(lists.option_lists)} option lists"
    if file.name == "scoring.yaml":
        from questionnaires.scoring import read_scoring

        return f"sound, {len(read_scoring(text, file.name).criteria)} criteria"
    read = read_json if file.suffix == ".json" else read_yaml
    questionnaire = read(text, file.name, shared())
    return f"sound, {len(questionnaire.items)} items in {len(questionnaire.sections)} sections"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
