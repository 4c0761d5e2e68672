"""The process that test_publishing_cells.py kills: exports many files and says when it begins."""

import sys
from pathlib import Path

from survey_app.services.publishing_cells import SUMS, export

N_FILES = 400


def files() -> dict[str, bytes]:
    """Many small files in two folders."""
    found = {f"poll-{place % 2}/{place}.json": f'{{"item":{place}}}'.encode() * 50 for place in range(N_FILES)}
    return found | {SUMS: b"sums"}


def main() -> None:
    print("begins", flush=True)
    export(files(), Path(sys.argv[1]))
    print("whole", flush=True)


if __name__ == "__main__":
    main()
