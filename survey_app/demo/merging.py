"""Which small branches of a university report together: none is ever shown alone."""

from questionnaires.texts import Text
from survey_app.ballots.encodings import is_id
from survey_app.demo.university import Branch, University
from survey_app.services.designing import Merge

SMALLEST_UNIT = 10
# What everybody says instead of the full name.
SHORT_NAMES = {"高等教育研究所": "高教所"}


def merged_branches(university: University) -> tuple[tuple[Branch, ...], ...]:
    """Groups of branches to be merged: those under 10 members, put together until each group has at least 10.

    In-service and retired branches are never mixed. What is left over joins the last group, or the smallest branch.
    """
    groups = []
    for retired in (False, True):
        branches = [branch for branch in university.branches if branch.retired is retired]
        groups += _groups_of([branch for branch in branches if branch.members < SMALLEST_UNIT], branches)
    return tuple(groups)


def merged_name(branches: tuple[Branch, ...]) -> Text:
    """`档案馆、高教所（合并）` / `Archives and Institute of Higher Education (merged)`."""
    names = [_short(branch.name_zh) for branch in branches]
    english = [branch.name_en for branch in branches]
    joined = " and ".join([", ".join(english[:-1]), english[-1]])
    return Text("、".join(names) + "（合并）", f"{joined} (merged)")


def _groups_of(small: list[Branch], branches: list[Branch]) -> list[tuple[Branch, ...]]:
    groups: list[tuple[Branch, ...]] = []
    gathered: tuple[Branch, ...] = ()
    for branch in small:
        gathered += (branch,)
        if _members(gathered) >= SMALLEST_UNIT:
            groups.append(gathered)
            gathered = ()
    if gathered and groups:
        groups[-1] += gathered
    elif gathered:
        large = [branch for branch in branches if branch.members >= SMALLEST_UNIT]
        groups.append((min(large, key=lambda branch: branch.members), *gathered))
    return groups


def _members(branches: tuple[Branch, ...]) -> int:
    return sum(branch.members for branch in branches)


def _short(name: str) -> str:
    plain = name.removesuffix("分工会").removesuffix("部门工会")
    return SHORT_NAMES.get(plain, plain) or name


def merges(university: University) -> dict[str, Merge]:
    """Id of each merged unit (`b22-b23`) -> its name and branches, as designing wants them."""
    chosen = {}
    for number, group in enumerate(merged_branches(university), start=1):
        joined = "-".join(branch.id.lower() for branch in group)
        unit_id = joined if is_id(joined) else f"merged-{number}"
        chosen[unit_id] = Merge(merged_name(group), tuple(branch.id for branch in group))
    return chosen
