"""`python -m survey_app.ballots.audit BOARD_DIR`: whether every ballot of a sealed poll was counted and none was added.

    python -m survey_app.ballots.audit BOARD_DIR [--fingerprint LETTERS] [--acknowledged FILE] [--language zh|en]

BOARD_DIR holds the published files (board.json, receipts.txt, seal.json, by ticket manifest.json and slot.json) and the sealed
box. Exit 0: every check that could be made holds; 1: one fails; 2: a file is missing or none of its kind.
"""

import argparse
import sys
from pathlib import Path

from survey_app.ballots.audit.checks import audit
from survey_app.ballots.audit.evidence import Unreadable, evidence
from survey_app.ballots.audit.words import Finding, is_sound
from survey_app.ballots.encodings import from_base64url

_MARKS = {"holds": ("[通过]", "[holds]"), "fails": ("[不符]", "[FAILS]"), "not_checked": ("[未核]", "[not checked]")}
_UNREADABLE = "缺少或读不懂：{0}", "missing or none of its kind: {0}"
_VERDICT = {
    True: ("核对的各项全部通过。", "Everything that could be checked holds."),
    False: ("有不符之处：这次调查的结果不能采信。", "Something fails: the results of this poll cannot be relied upon."),
}


def lines(findings: list[Finding], language: str) -> list[str]:
    """The audit as it is printed, its verdict last."""
    at = 0 if language == "zh" else 1
    said = [f"{_MARKS[one.verdict][at]} {one.zh if at == 0 else one.en}" for one in findings]
    return [*said, _VERDICT[is_sound(findings)][at]]


def acknowledged(path: Path) -> list[tuple[bytes, bytes]]:
    """A line each: receipt and acknowledgement in base64url, as the receipt page lets members keep them. Raises Unreadable."""
    try:
        pairs = [line.split()[-2:] for line in path.read_text("utf-8").splitlines() if line.strip()]
        return [(from_base64url(one, 32), from_base64url(signature, 64)) for one, signature in pairs]
    except (OSError, ValueError) as fault:
        raise Unreadable(path.name) from fault


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m survey_app.ballots.audit",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path, metavar="BOARD_DIR")
    parser.add_argument("--fingerprint", default="", help="as it stands on the poster")
    parser.add_argument("--acknowledged", type=Path, help="receipts with acknowledgements that members hand in")
    parser.add_argument("--language", choices=("zh", "en"), default="zh")
    asked = parser.parse_args(arguments)
    try:
        handed_in = acknowledged(asked.acknowledged) if asked.acknowledged else []
        findings = audit(evidence(asked.folder), asked.fingerprint, handed_in)
    except Unreadable as fault:
        print(_UNREADABLE[0 if asked.language == "zh" else 1].format(fault), file=sys.stderr)
        return 2
    print("\n".join(lines(findings, asked.language)))
    return 0 if is_sound(findings) else 1


if __name__ == "__main__":
    sys.exit(main())
