"""Numbers computed by trusted software, and the command that holds the product to them.

`python -m tests.oracles DIR` runs every case of every `*.json` in DIR (format: tests/oracles/data/stats/README.md) through
the public functions of `analysis` and ends with a line `N passed, M failed`. Whatever is wrong with a file, a case or an
answer is a failed case with a sentence.

A module `adapters_*.py` beside this file holds `ADAPTERS: dict[statistic, Callable[[inputs, Table | None], dict]]`: how the
inputs of a case become a call, and how its result becomes the names that the case expects. It is found by its name.
"""
