"""The process that test_killing.py kills: casts the submissions of a file and prints each receipt once it has it."""

import pickle
import sys
from pathlib import Path

from survey_app.services.casting import cast_ballot
from survey_app.store.engines import ballot_box_engine
from tests.small_polls import DAY


def main() -> None:
    ballot_box = ballot_box_engine(sys.argv[1])
    for submission in pickle.loads(Path(sys.argv[2]).read_bytes()):
        print(cast_ballot(ballot_box, submission, DAY).receipt.hex(), flush=True)


if __name__ == "__main__":
    main()
