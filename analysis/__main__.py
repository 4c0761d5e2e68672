"""`python -m analysis BOX... --out DIR`: repeat every result from sealed boxes, bit for bit, without database or service.

    python -m analysis BOX|FRAME.npz [...] --out DIR [--context FILE]
    python -m analysis BOX --frame FRAME.npz

The context that sealing wrote beside each box (<poll>.context.json) is found by itself. `--context` gives what was entered
by hand (records, the wave) or another scheme to try. `--frame` writes the answers of one box as plain columns, without keys
and in an order that says nothing; that file stands for the box afterwards.

DIR then holds what each box releases (<poll>.released.json) and what the wave releases (assessment-<wave>.released.json);
for auditors, before the gate: the assessment (assessment-<wave>.json), needs (needs-<wave>.json) and words
(words-<wave>.json), with units only where a release shows them; the method in both languages; SHA256SUMS over all. Exit 1 with a sentence if a box or a
context cannot be used, or if nothing of a box can be told safely.
"""

import argparse
import hashlib
import sqlite3
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.auditing import documents, saved
from analysis.context import Context, UnreadableContext, context_from
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import UnreadableAnswers, UnreadableBox
from analysis.repeating import NothingToAssess, sealed_polls


def main(arguments: Sequence[str]) -> int:
    told = _told(arguments)
    try:
        polls = sealed_polls(told.boxes)
        if told.frame:
            _write(told.frame.parent, {told.frame.name: saved(polls[0])})
        if told.out:
            context = context_from(told.context.read_bytes()) if told.context else Context()
            lines = _write(told.out, documents(polls, context))
            (told.out / "SHA256SUMS").write_text("".join(f"{line}\n" for line in lines), "utf-8")
    except sqlite3.Error as fault:
        print(f"A box cannot be read: {fault}.", file=sys.stderr)
        return 1
    except (UnreadableAnswers, UnreadableBox, UnreadableContext, NothingToAssess, UnsafeRelease, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


def _told(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m analysis", description=__doc__.partition("\n")[0])
    parser.add_argument("boxes", nargs="+", type=Path, metavar="BOX", help="sealed boxes or frames of one or two waves")
    parser.add_argument(
        "--context", type=Path, metavar="FILE", help="records and wave; a scheme other than the frozen one"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="an existing or new folder")
    parser.add_argument("--frame", type=Path, metavar="FRAME.npz", help="write the answers of the one BOX as columns")
    told = parser.parse_args(arguments)
    if not (told.out or told.frame):
        parser.error("say what to write: --out DIR, --frame FRAME.npz, or both")
    if told.frame and len(told.boxes) != 1:
        parser.error("a frame holds the answers of one box")
    return told


def _write(folder: Path, written: dict[str, bytes]) -> list[str]:
    """Write the files, readable by their owner alone (they hold figures before the gate), and print their sums."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = []
    for name, data in sorted(written.items()):
        path = folder / name
        path.touch(mode=0o600)
        path.write_bytes(data)
        lines.append(f"{hashlib.sha256(data).hexdigest()}  {name}")
        print(lines[-1])
    return lines


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
