"""Frozen versions: the canonical bytes of a questionnaire, and the fingerprint that names them."""

from __future__ import annotations

from hashlib import sha384

import orjson

from questionnaires.plain import plain, value_of
from questionnaires.questionnaire import Questionnaire
from questionnaires.variants import Person, Unpublishable, publish_variant

FORMAT = "survey_app.questionnaire/1"

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

__all__ = [
    "FORMAT",
    "BadDocument",
    "Person",
    "Unpublishable",
    "fingerprint",
    "from_document",
    "frozen_document",
    "publish_variant",
]


class BadDocument(ValueError):  # noqa: N818 - errors are plain nouns
    """Bytes that are not a frozen questionnaire."""


def frozen_document(questionnaire: Questionnaire) -> bytes:
    """Canonical JSON: sorted keys, no spaces, everything resolved."""
    return orjson.dumps({"format": FORMAT, "questionnaire": plain(questionnaire)}, option=orjson.OPT_SORT_KEYS)


def from_document(data: bytes) -> Questionnaire:
    """The questionnaire frozen in these bytes; raises BadDocument."""
    try:
        written = orjson.loads(data)
        if written["format"] != FORMAT:
            raise BadDocument("This is not a frozen questionnaire of a known format.")
        questionnaire: Questionnaire = value_of(Questionnaire, written["questionnaire"])
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadDocument("This is not a frozen questionnaire.") from error
    return questionnaire


def fingerprint(document: bytes) -> str:
    """The first 20 bytes of SHA-384 in Crockford's base32, as 8 groups of 4."""
    number = int.from_bytes(sha384(document).digest()[:20], "big")
    letters = "".join(_CROCKFORD[number >> shift & 31] for shift in range(155, -1, -5))
    return "-".join(letters[start : start + 4] for start in range(0, 32, 4))
