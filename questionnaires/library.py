"""The ready instruments, one YAML file each in `library/`, and the lists they share."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from questionnaires.best_worst_designs import FEWEST, MOST, balanced_design
from questionnaires.documents import Shared, read_json, read_shared_yaml, read_yaml, text_of
from questionnaires.questionnaire import Questionnaire

FOLDER = Path(__file__).parent / "library"

# In the order in which officers see them.
IDS = (
    "staff_home_annual",
    "needs_annual",
    "congress_openness",
    "officer_appraisal",
    "service_feedback",
    "activity_feedback",
    "learning_needs",
    "desk_micro",
    "quick_poll",
    "opinion_channel",
)


@cache
def shared() -> Shared:
    """The scales, option lists, designs, blocks and measures of the library, with a design for every usual number of options."""
    found = read_shared_yaml((FOLDER / "_shared.yaml").read_text("utf-8"), "_shared.yaml")
    known = {sum(map(len, design[0])) for design in found.designs.values()}
    for options in range(FEWEST, MOST + 1):
        if options not in known:
            found.designs[f"bw{options}"] = balanced_design(options)
    return found


@cache
def load(questionnaire_id: str) -> Questionnaire:
    """One instrument; KeyError if the library has none of that id."""
    if questionnaire_id not in IDS:
        raise KeyError(questionnaire_id)
    name = f"{questionnaire_id}.yaml"
    return read_yaml((FOLDER / name).read_text("utf-8"), name, shared())


def library() -> dict[str, Questionnaire]:
    """All instruments by id."""
    return {name: load(name) for name in IDS}


def read_document(data: bytes, source: str) -> Questionnaire:
    """A document from outside (JSON if its name ends so, else YAML) that may refer to the library's lists.

    Raises DocumentFaults.
    """
    read = read_json if source.lower().endswith(".json") else read_yaml
    return read(text_of(data, source), source, shared())
