"""The context file: what is needed beside the sealed boxes to repeat their results, all of it fixed before or entered by hand.

JSON: {"format": "survey_app.context/1", "scoring": <the scoring as a document, or null for the library's>, "method":
{<numbers of the method that differ from the defaults>}, "wave": <the wave to assess, or null for the latest>, "records":
{<unit>: {"evidence", "ledger_cases", "ledger_solved", "vetoes": [{"reason", "day"}]}}}. Every key but the format may be left out.
"""

import json
from dataclasses import dataclass, field, fields
from typing import Any

from analysis.assessment import Method, Records, Scheme, UnitRecords, Veto
from analysis.frame import library_scoring, read_scoring

FORMAT = "survey_app.context/1"
_KEYS = {"format", "scoring", "method", "wave", "records"}


class UnreadableContext(ValueError):  # noqa: N818 - errors are plain nouns
    """The context cannot be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class Context:
    scheme: Scheme
    records: Records = field(default_factory=Records)
    wave: str | None = None


def default_context() -> Context:
    """The library's scoring, the default method, no records, the latest wave."""
    return Context(Scheme(library_scoring()))


def context_from(data: bytes) -> Context:
    """The context of a file; raises UnreadableContext."""
    try:
        written = json.loads(data)
    except ValueError as fault:
        raise UnreadableContext(f"The context is not JSON: {fault}.") from fault
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        raise UnreadableContext(f"The context is not of the format {FORMAT}.")
    if unknown := sorted(set(written) - _KEYS):
        raise UnreadableContext(f"The context has keys that nobody knows: {', '.join(unknown)}.")
    try:
        scheme = Scheme(_scoring(written.get("scoring")), _method(_mapping(written, "method")))
        records = {unit: _records(told) for unit, told in _mapping(written, "records").items()}
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise UnreadableContext(f"The context cannot be used: {fault}") from fault
    return Context(scheme, Records(records), written.get("wave"))


def context_document(scoring: Any = None, records: Records | None = None, wave: str | None = None) -> bytes:
    """A context file: `scoring` as a document (what its YAML holds) or None for the library's."""
    from analysis.stored_values import plain

    told = {unit: plain(own) for unit, own in (records or Records()).units.items()}
    document = {"format": FORMAT, "scoring": scoring, "method": {}, "wave": wave, "records": told}
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _scoring(written: Any) -> Any:
    return library_scoring() if written is None else read_scoring(json.dumps(written), "scoring of the context")


def _mapping(written: dict[str, Any], key: str) -> dict[str, Any]:
    told = written.get(key)
    if not isinstance(told, dict | None):
        raise TypeError(f"“{key}” must be a mapping.")
    return told or {}


def _method(written: dict[str, Any]) -> Method:
    known = {each.name: getattr(Method(), each.name) for each in fields(Method)}
    values: dict[str, Any] = {}
    for name, value in written.items():
        if name not in known:
            raise ValueError(f"the method has no number called {name}.")
        kind = (int, float) if isinstance(known[name], float) else type(known[name])
        values[name] = tuple(value) if isinstance(value, list) else value
        if not isinstance(values[name], kind) or isinstance(value, bool):
            raise TypeError(f"{name} of the method cannot be {value!r}.")
    return Method(**values)


def _records(told: dict[str, Any]) -> UnitRecords:
    vetoes = tuple(Veto(**veto) for veto in told.get("vetoes") or ())
    found = UnitRecords(**told | {"vetoes": vetoes})
    limits = ((found.evidence, 100.0), (found.ledger_solved, 1.0))
    if any(value is not None and not 0 <= value <= limit for value, limit in limits):
        raise ValueError("evidence lies in 0..100 and ledger_solved in 0..1.")
    return found
