"""`demo_release`: everything that `python -m analysis` makes of the demo university's four sealed boxes, two waves.

    python -m benchmarks.demo_release [--sealed FOLDER] [--runs 3]

Without a folder of boxes the demo university is made first. The floor is reading the boxes and counting every answer. The
whole: releases behind the gate, needs, words, the assessment against the year before, what is released of it, the method.
"""

import argparse
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.measuring import best

AIM_SECONDS = 1.0
TODAY = date(2026, 11, 23)
PARTS = ("read and counted (floor)", "releases behind the gate", "assessment of the year", "everything")


def ready(part: str, folder: Path) -> Callable[[], int]:
    """What is measured, after everything it imports is loaded and has run once."""
    work = _work(part, sorted(folder.glob("*.box")))
    work()
    return work


def _work(part: str, boxes: list[Path]) -> Callable[[], int]:
    from analysis.auditing import documents
    from analysis.context import Context
    from analysis.frame import box_frames, codebook
    from analysis.releasing import released_box
    from analysis.repeating import assessed_again, scheme_for, sealed_polls
    from analysis.tallies import tally_of

    def counted() -> int:
        seen = 0
        for poll in sealed_polls(boxes):
            book, names = codebook(poll.questionnaire), [unit.id for unit in poll.units]
            seen += int(tally_of(book, names, box_frames(poll.path, book, names)).responding.sum())
        return seen

    def releases() -> int:
        polls = sealed_polls(boxes)
        return sum(len(released_box(poll, scheme_for(poll, Context()).scoring).to_json()) for poll in polls)

    def assessed() -> int:
        return len(assessed_again(sealed_polls(boxes), Context()).found.to_json())

    def everything() -> int:
        return sum(map(len, documents(sealed_polls(boxes), Context()).values()))

    return dict(zip(PARTS, (counted, releases, assessed, everything), strict=True))[part]


def made(folder: Path) -> Path:
    """The demo university in a new instance; its folder of sealed boxes."""
    from survey_app.demo import make_demo
    from survey_app.store.engines import Stores, ballot_box_engine, registry_engine, upgrade

    registry, box = (f"sqlite:///{folder / name}.db" for name in ("registry", "ballot_box"))
    stores = Stores(registry_engine(registry), ballot_box_engine(box))
    upgrade(stores.registry, stores.ballot_box)
    make_demo(stores, folder, None, TODAY)
    return folder / "sealed"


def main() -> None:
    parser = argparse.ArgumentParser(description="Everything the demo university's sealed boxes give.")
    parser.add_argument("--sealed", type=Path, metavar="FOLDER", help="sealed boxes; without it the demo is made first")
    parser.add_argument("--runs", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        if not asked.sealed:
            print("making the demo university ...", flush=True)
        folder = asked.sealed or made(Path(name))
        base = best(asked.runs, ready, PARTS[0], folder)
        print(f"{base.seen:,} ballots in {len(list(folder.glob('*.box')))} boxes, best of {asked.runs}")
        print(base.told(PARTS[0], base))
        for part in PARTS[1:]:
            print(best(asked.runs, ready, part, folder).told(part, base), flush=True)
    print(f"aim for everything: under {AIM_SECONDS} s of the processor")


if __name__ == "__main__":
    main()
