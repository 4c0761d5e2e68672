"""Design checks: open rules on wording, scales, options, privacy, logic, translation and versions.

`findings(questionnaire)` is all there is to call; a mend is a pure function from questionnaire to questionnaire.
"""

from __future__ import annotations

from questionnaires.design_checks import (
    course_rules,
    logic_rules,
    option_rules,
    privacy_rules,
    scale_rules,
    translation_rules,
    wording_rules,
)
from questionnaires.design_checks.findings import (
    NOTHING_KNOWN,
    Circumstances,
    Finding,
    Mend,
    Place,
    Rule,
    Severity,
)
from questionnaires.questionnaire import Questionnaire

__all__ = [
    "NOTHING_KNOWN",
    "RULES",
    "Circumstances",
    "Finding",
    "Mend",
    "Place",
    "Rule",
    "Severity",
    "blocking",
    "findings",
    "mended",
]

RULES: tuple[Rule, ...] = (
    *wording_rules.RULES,
    *scale_rules.RULES,
    *option_rules.RULES,
    *privacy_rules.RULES,
    *logic_rules.RULES,
    *translation_rules.RULES,
    *course_rules.RULES,
)


def findings(questionnaire: Questionnaire, circumstances: Circumstances = NOTHING_KNOWN) -> tuple[Finding, ...]:
    """Everything the rules object to, rule by rule, in the order of the questionnaire."""
    return tuple(
        Finding(rule, spot.place, spot.about, spot.mend)
        for rule in RULES
        for spot in rule.find(questionnaire, circumstances)
    )


def blocking(found: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Those that keep the questionnaire from being published."""
    return tuple(finding for finding in found if finding.rule.severity == "blocks")


def mended(questionnaire: Questionnaire, key: str, circumstances: Circumstances = NOTHING_KNOWN) -> Questionnaire:
    """The questionnaire after the one-click mend of the finding with this key; KeyError if it has none such."""
    for finding in findings(questionnaire, circumstances):
        if finding.key == key and finding.mend is not None:
            return finding.mend.apply(questionnaire)
    raise KeyError(key)
