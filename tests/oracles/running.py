"""Every case of a directory, run: one outcome each, none of them an exception."""

import json
import pkgutil
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import Any

import tests.oracles as here
from tests.oracles.ballot_vectors import ballot_cases, is_ballot_file
from tests.oracles.comparison import differences
from tests.oracles.tables import Table, Unusable, filtered, read_table

Adapter = Callable[[dict[str, Any], Table | None], Mapping[str, Any]]

SHOWN = 3  # differences in one sentence


@dataclass(frozen=True, slots=True)
class Outcome:
    """`name` is file/case; `fault` the sentence, or None for a case that passed."""

    name: str
    fault: str | None


@cache
def adapters() -> dict[str, Adapter]:
    """All adapters by statistic."""
    found: dict[str, Adapter] = {}
    for module in pkgutil.iter_modules(here.__path__):
        if module.name.startswith("adapters_"):
            found |= import_module(f"{here.__name__}.{module.name}").ADAPTERS
    return found


def outcomes(directory: Path, known: Mapping[str, Adapter]) -> Iterator[Outcome]:
    """One outcome per case, in the order of file names and of the cases in them; `known` adapters by statistic."""
    files = sorted(directory.glob("*.json"))
    if not files:
        yield Outcome(str(directory), "There is no directory with *.json files here.")
    for path in files:
        try:
            document = json.loads(path.read_text("utf-8-sig"))
            if is_ballot_file(document):
                yield from _ballots(path.stem, document)
                continue
            statistic, cases = document["statistic"], document["cases"]
            if not isinstance(statistic, str) or not isinstance(cases, list) or not cases:
                raise TypeError  # noqa: TRY301
        except (OSError, ValueError, RecursionError):
            yield Outcome(path.name, "This file is not JSON in UTF-8.")
        except (KeyError, TypeError):
            yield Outcome(path.name, 'This file needs "statistic" (a name) and "cases" (a list that is not empty).')
        else:
            for number, case in enumerate(cases, 1):
                name = " ".join(str(case.get("id", number)).split()) if isinstance(case, dict) else str(number)
                yield Outcome(f"{path.stem}/{name}", fault(known, statistic, case, directory / "data"))


def _ballots(stem: str, document: dict[str, Any]) -> Iterator[Outcome]:
    """Every vector of the ballot protocol in one file; a file that lacks a part is one case that failed."""
    cases = ballot_cases(document)
    while True:
        try:
            name, check = next(cases)
        except StopIteration:
            return
        except (KeyError, TypeError, ValueError) as missing:
            yield Outcome(stem, f"This file of ballot vectors cannot be read: {missing!r}.")
            return
        yield Outcome(f"{stem}/{name}", _checked(check))


def _checked(check: Callable[[], str | None]) -> str | None:
    try:
        return check()
    except Exception as error:  # noqa: BLE001 - whatever a case provokes is its result, and the next case still runs
        return f"The product stopped with {type(error).__name__}: {' '.join(str(error).split())[:200]}"


def fault(known: Mapping[str, Adapter], statistic: str, case: Any, data: Path) -> str | None:
    """What is wrong with one case, as a sentence; None when it passes."""
    adapter = known.get(statistic)
    if adapter is None:
        return f"The statistic {statistic!r} is not known here."
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = list(_differences(adapter, case, data))
    except Unusable as reason:
        return f"This case cannot be run: {reason}."
    except KeyError as missing:
        return f"This case cannot be run: it does not give {missing}."
    except Exception as error:  # noqa: BLE001 - whatever a case provokes is its result, and the next case still runs
        return f"The product stopped with {type(error).__name__}: {' '.join(str(error).split())[:200]}"
    rest = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    return "; ".join(found[:SHOWN]) + rest + "." if found else None


def _differences(adapter: Adapter, case: Any, data: Path) -> Iterator[str]:
    if not isinstance(case, dict) or not isinstance(case.get("inputs"), dict):
        raise Unusable("it is not an object with inputs")
    expected, tolerance, by_key = case["expected"], case["tol"], case.get("tol_by_key") or {}
    if not isinstance(expected, dict) or not expected:
        raise Unusable("it expects nothing")
    if not isinstance(by_key, dict) or not all(_is_tolerance(each) for each in (tolerance, *by_key.values())):
        raise Unusable("a tolerance needs the numbers rel and abs")
    yield from differences(adapter(case["inputs"], _table(case, data)), expected, tolerance, by_key)


def _is_tolerance(given: Any) -> bool:
    parts = [given.get(part) for part in ("rel", "abs")] if isinstance(given, dict) else [None]
    return all(isinstance(part, int | float) and isfinite(part) for part in parts)


def _table(case: dict[str, Any], data: Path) -> Table | None:
    if case.get("data") is None:
        return None
    path = data / str(case["data"])
    if not path.is_file():
        raise Unusable(f"there is no data file {case['data']!r}")
    try:
        return filtered(read_table(path), case["inputs"])
    except UnicodeDecodeError:
        raise Unusable(f"{path.name} is not UTF-8") from None
