"""What stands beside a sealed box so that its results can be repeated: the scheme frozen with the poll, and what came before.

JSON, `survey_app.context/1`; every key but the format may be left out, and sealing writes those marked *:
"scoring"* <the scoring as a document>, "method"* {<numbers of the method>}, "poll"* {"id", "questionnaire", "wave",
"fingerprint"}, "units"* [{"id", "name", "unit_type", "n_eligible", "branches", "head_counts"}], "earlier"* [{"poll_id",
"questionnaire", "wave", "sha256", "document" or null}], "wave" <the wave to assess>, "records" {<unit>: {"evidence",
"ledger_cases", "ledger_solved", "vetoes": [{"reason", "day"}]}}.
Nothing in it follows from a ballot but the released documents of earlier polls, so nothing orders or dates ballots.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from analysis.assessment import Method, Records, Scheme, UnitRecords, Veto
from analysis.frame import LibraryScoring, SealedPoll, library_scoring, read_scoring, scoring_document

FORMAT = "survey_app.context/1"
_SHARES = {
    "confidence",
    "band_confidence",
    "error_cut",
    "rank_share",
    "tier_certainty",
    "stable_share",
    "false_discovery_rate",
    "support_share",
    "response_indicative",
}
_COUNTS = {
    "rank_draws": (100, 1_000_000),
    "weight_draws": (1, 100_000),
    "weight_grid": (11, 10_001),
    "weight_concentration": (0.1, 1e6),
}
_KEYS = {"format", "scoring", "method", "poll", "units", "earlier", "wave", "records"}


class UnreadableContext(ValueError):  # noqa: N818 - errors are plain nouns
    """The context cannot be used; the message is a sentence."""


@dataclass(frozen=True, slots=True)
class EarlierRelease:
    """A release made before the poll was sealed. `sha256` of its document, which is None where nothing compares with it."""

    poll_id: str
    questionnaire: str
    wave: str
    sha256: str
    document: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Context:
    """`scheme` None: the poll's own, or the library's. `fingerprint` of the questionnaire the context was written for."""

    scheme: Scheme | None = None
    records: Records = field(default_factory=Records)
    wave: str | None = None
    poll_id: str | None = None
    fingerprint: str | None = None
    earlier: tuple[EarlierRelease, ...] = ()


def frozen_scheme() -> dict[str, Any]:
    """The scheme of today as a document, to be frozen with a poll: the library's scoring, and every number of the method."""
    return {"scoring": scoring_document(), "method": json.loads(json.dumps(asdict(Method())))}


def scheme_of(poll: SealedPoll) -> Scheme:
    """The scheme frozen with a poll; the library's for boxes made before schemes were kept. Raises UnreadableContext."""
    return _scheme(json.dumps(poll.scheme)) if poll.scheme else Scheme(library_scoring())


def scoring_in(scheme: Mapping[str, Any]) -> LibraryScoring:
    """The scoring in the document of a scheme."""
    return read_scoring(json.dumps(scheme["scoring"]), "scoring of the scheme")


def context_path(box: Path) -> Path:
    """Where the context of a box lies: beside it."""
    return box.with_name(f"{box.stem}.context.json")


def context_of(poll: SealedPoll) -> Context:
    """The context that lies beside the poll's box or in its frame file; an empty one if there is none.

    Raises UnreadableContext, also for one that contradicts the box: a context may explain a release, never change it.
    """
    data = context_bytes(poll)
    if data is None:
        return Context()
    found = context_from(data)
    if found.poll_id is not None and (found.poll_id, found.fingerprint) != (poll.poll_id, poll.fingerprint):
        raise UnreadableContext(f"The context beside {poll.path} is that of the poll {found.poll_id}.")
    if poll.scheme and found.scheme is not None and found.scheme != scheme_of(poll):
        raise UnreadableContext(f"The context beside {poll.path} has another scheme than was frozen with the poll.")
    return found


def context_bytes(poll: SealedPoll) -> bytes | None:
    """The bytes of that context; None if there is none."""
    if poll.saved is not None:
        return poll.saved.context
    path = context_path(poll.path)
    try:
        return path.read_bytes() if path.exists() else None
    except OSError as fault:
        raise UnreadableContext(f"The context {path} cannot be read: {fault}.") from fault


def poll_context(poll: SealedPoll, earlier: Sequence[EarlierRelease]) -> bytes:
    """The context that sealing writes: the same bytes for the same box and the same earlier releases."""
    facts, scheme = json.loads(poll.facts), poll.scheme or frozen_scheme()
    told = {
        "id": poll.poll_id,
        "questionnaire": poll.questionnaire.id,
        "wave": poll.wave,
        "fingerprint": poll.fingerprint,
    }
    releases = [
        asdict(each) | {"document": None if each.document is None else json.loads(each.document)}
        for each in sorted(earlier, key=lambda each: each.poll_id)
    ]
    return _written({"poll": told, "units": facts["units"], "earlier": releases, **scheme})


def context_document(scoring: Any = None, records: Records | None = None, wave: str | None = None) -> bytes:
    """A context by hand: `scoring` as a document (what its YAML holds) or None for that frozen with the poll."""
    from analysis.stored_values import plain

    told = {unit: plain(own) for unit, own in (records or Records()).units.items()}
    return _written({"scoring": scoring, "method": {}, "wave": wave, "records": told})


@lru_cache(maxsize=16)
def context_from(data: bytes) -> Context:
    """The context of a file; raises UnreadableContext."""
    try:
        written = json.loads(data)
    except (ValueError, RecursionError) as fault:
        raise UnreadableContext(f"The context is not JSON: {fault}.") from fault
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        raise UnreadableContext(f"The context is not of the format {FORMAT}.")
    if unknown := sorted(set(written) - _KEYS):
        raise UnreadableContext(f"The context has keys that nobody knows: {', '.join(unknown)}.")
    try:
        told, poll = _mapping(written, "records"), _mapping(written, "poll")
        scheme = {key: written.get(key) for key in ("scoring", "method")}
        return Context(
            scheme=_scheme(json.dumps(scheme)) if any(scheme.values()) else None,
            records=Records({unit: _records(own) for unit, own in told.items()}),
            wave=written.get("wave"),
            poll_id=poll.get("id"),
            fingerprint=poll.get("fingerprint"),
            earlier=tuple(map(_earlier, written.get("earlier") or ())),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise UnreadableContext(f"The context cannot be used: {fault}") from fault


def _written(document: Mapping[str, Any]) -> bytes:
    document = {"format": FORMAT, **document}  # keys as they stand: criteria have an order
    return json.dumps(document, separators=(",", ":"), ensure_ascii=False).encode()


@lru_cache(maxsize=16)
def _scheme(document: str) -> Scheme:
    written = json.loads(document)
    try:
        return _whole(Scheme(_scoring(written.get("scoring")), _method(_mapping(written, "method"))))
    except (AttributeError, KeyError, TypeError, ValueError) as fault:
        raise UnreadableContext(f"The scheme cannot be used: {fault}") from fault


def _whole(scheme: Scheme) -> Scheme:
    """The scheme, if the shares of the composite and of the total are there and are shares."""
    halves = [scheme.half(name) for name in ("three_questions", "criteria")]
    for share in (*halves, *(scheme.total_share(name) for name in ("staff_voice", "evidence"))):
        if not 0 <= share <= 1:
            raise ValueError(f"a share of the composite is {share!r}.")
    return scheme


def _scoring(written: Any) -> Any:
    return library_scoring() if written is None else read_scoring(json.dumps(written), "scoring of the context")


def _mapping(written: Mapping[str, Any], key: str) -> dict[str, Any]:
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
        low, high = _limits(name)
        if isinstance(value, int | float) and not low <= value <= high:
            raise ValueError(f"{name} of the method lies in {low:g}..{high:g}.")
    return Method(**values)


def _limits(name: str) -> tuple[float, float]:
    """Between which ends a number of the method lies."""
    if name in _SHARES:
        return 0.001, 0.999
    return _COUNTS.get(name, (0, 1e9))


def _earlier(told: dict[str, Any]) -> EarlierRelease:
    found = EarlierRelease(**told)
    if found.document is None:
        return found
    document = json.dumps(found.document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    if hashlib.sha256(document).hexdigest() != found.sha256:
        raise ValueError(f"the earlier release {found.poll_id} is not the one its fingerprint names.")
    return EarlierRelease(found.poll_id, found.questionnaire, found.wave, found.sha256, document)


def _records(told: dict[str, Any]) -> UnitRecords:
    vetoes = tuple(Veto(**veto) for veto in told.get("vetoes") or ())
    found = UnitRecords(**told | {"vetoes": vetoes})
    limits = ((found.evidence, 100.0), (found.ledger_solved, 1.0))
    if any(value is not None and not 0 <= value <= limit for value, limit in limits):
        raise ValueError("evidence lies in 0..100 and ledger_solved in 0..1.")
    return found
