"""`python -m tests.oracles DIR`."""

import io
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.oracles.running import Adapter, adapters, outcomes


def main(arguments: list[str], known: Mapping[str, Adapter] | None = None) -> int:
    """Print each failed case with its sentence, then the count; 0 when all passed."""
    if len(arguments) != 1:
        print("Usage: python -m tests.oracles DIR")
        return 2
    passed = failed = 0
    for outcome in outcomes(Path(arguments[0]), adapters() if known is None else known):
        if outcome.fault is None:
            passed += 1
        else:
            failed += 1
            print(f"{outcome.name}: {outcome.fault}")
    print(f"{passed} passed, {failed} failed")
    return int(failed > 0)


if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a name that no terminal can show stops nothing
    sys.exit(main(sys.argv[1:]))
