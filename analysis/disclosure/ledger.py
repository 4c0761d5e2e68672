"""Rule 9: a release beside those before it. Each wave has ballots of its own; what must not happen is two looks at the same."""

from collections.abc import Sequence

from analysis.disclosure.released import Released
from analysis.disclosure.unsafe import UnsafeRelease
from analysis.frame import Text


def held_against(released: Released, ledger: Sequence[Released]) -> Released:
    """The release itself, if it gives nothing away beside the earlier ones; raises UnsafeRelease otherwise.

    Other polls and other waves have other ballots: their cells share no person's answer with these, so no sum or
    difference of them is about a group of people. An earlier release of the same poll is another matter. If it is of the
    same ballots it must be the very same document. If it is of a part of them (an interim release), what came in since
    is a group of its own: every row must have at least `minimum_base` new answers, or none.
    """
    for earlier in ledger:
        if earlier.poll.id != released.poll.id:
            continue
        if earlier.poll.box_sha256 == released.poll.box_sha256:
            if earlier.to_json() != released.to_json():
                raise UnsafeRelease(
                    Text(
                        "同一批答卷已经公布过，不能换一种办法再公布一次。",
                        "These ballots were released before; a second release of another shape could be subtracted.",
                    )
                )
        elif any(0 < new < released.rules.minimum_base for new in _new_answers(released, earlier)):
            raise UnsafeRelease(
                Text(
                    "与上次公布相比，有的单位或组新增答卷太少，两次结果相减会看出少数人的回答。",
                    "Since the last release some unit or group has too few new answers; the difference would show them.",
                )
            )
    return released


def _new_answers(released: Released, earlier: Released) -> list[int]:
    before, now = _respondents(earlier), _respondents(released)
    # A row that was or is not told counts as nobody: then all of the other release is the difference.
    return [abs((now.get(row) or 0) - (before.get(row) or 0)) for row in before | now]


def _respondents(released: Released) -> dict[str, int | None]:
    units = {unit.id: unit.n_responding for unit in released.units}
    return units | {group.id: group.n_responding for group in released.groups}
