"""The process that test_backing_up.py kills: restores a backup and says how far it is."""

import sys
from datetime import date
from pathlib import Path

from survey_app.services import restoring
from survey_app.store.durability import put_in_place
from survey_app.store.engines import upgrade
from tests.databases import stores_at


def main() -> None:
    instance, backup = Path(sys.argv[1]), Path(sys.argv[2])
    stores = stores_at(instance)
    upgrade(stores.registry, stores.ballot_box)

    def told(partial: Path, path: Path) -> None:
        put_in_place(partial, path)
        print(path.name, flush=True)
        sys.stdin.readline()  # killed here

    restoring.put_in_place = told  # type: ignore[attr-defined]
    restoring.restore(stores, instance, backup, "x" * 48, date(2026, 12, 1), "command line")


if __name__ == "__main__":
    main()
