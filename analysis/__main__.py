"""`python -m analysis BOX [BOX...] [--context FILE] --out DIR`: repeat every result from sealed boxes, bit for bit.

No database and no web service is needed. The folder then holds what each box releases (<poll>.released.json), the yearly
assessment (figures before the gate: for auditors), the method in both languages, and SHA256SUMS over all of them.
Exit 1 with a sentence if a box or the context cannot be used.
"""

import argparse
import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.context import UnreadableContext, context_from, default_context
from analysis.frame import UnreadableAnswers, UnreadableBox
from analysis.repeating import NothingToAssess, documents, sealed_polls


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__.partition("\n")[0])
    parser.add_argument("boxes", nargs="+", type=Path, metavar="BOX", help="sealed boxes of one or two waves")
    parser.add_argument("--context", type=Path, metavar="FILE", help="scoring and records; without it the library's")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="an existing or new folder")
    told = parser.parse_args(arguments)
    try:
        context = context_from(told.context.read_bytes()) if told.context else default_context()
        written = documents(sealed_polls(told.boxes), context)
        told.out.mkdir(parents=True, exist_ok=True)
        for line in _write(told.out, written):
            print(line)
    except (UnreadableAnswers, UnreadableBox, UnreadableContext, NothingToAssess, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _write(folder: Path, written: dict[str, bytes]) -> list[str]:
    lines = []
    for name, data in sorted(written.items()):
        (folder / name).write_bytes(data)
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
    (folder / "SHA256SUMS").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
