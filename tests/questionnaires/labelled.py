"""The labelled items of data/faulty_items.yaml as questionnaires, and the precision and recall of each rule over them.

`python -m tests.questionnaires.labelled` prints the table. A wording rule counts once for each language, because it must
hold in both; the ten instruments of the library count as sound except for what `TRUE_OF_THE_LIBRARY` says of them.
"""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from questionnaires.design_checks import RULES, Circumstances, findings
from questionnaires.design_checks.mends import item_changed
from questionnaires.documents import read_json
from questionnaires.library import library, shared
from questionnaires.skip_logic import All, FactCondition, ItemCondition

DATA = Path(__file__).parent / "data"

WORDING = {
    "double_barrelled", "leading", "loaded", "absolute", "negation", "double_negation", "vague", "jargon", "too_long",
    "presupposes", "scale_mismatch", "unbalanced_scale", "sensitive_unmarked", "asks_identity",
}  # fmt: skip

# True objections to instruments of the library, by questionnaire and item; anything else found there is a false alarm.
TRUE_OF_THE_LIBRARY = {
    "unbalanced_scale": {"staff_home_annual.b33", "officer_appraisal.f08"},  # grades laid down for official returns
    "negation": {"staff_home_annual.b36", "needs_annual.a13"},
    "no_dont_know": {"staff_home_annual.b36", "needs_annual.a13", "desk_micro.h03"},
    "order_effect": {"staff_home_annual.b30"},
    "open_answer_warning": {"activity_feedback.e11", "learning_needs.g08", "quick_poll.p03"},
    "personal_first": {"congress_openness.d01"},
}

AROUND = {
    "id": "labelled", "title_zh": "标", "title_en": "T", "purpose_zh": "为", "purpose_en": "P", "intro_zh": "本问卷不记名。",
    "intro_en": "This survey is anonymous.", "thanks_zh": "谢谢。", "thanks_en": "Thanks.", "minutes": 3, "cadence": "any",
    "who": {"members": ["in_service"]},
}  # fmt: skip
ASIDE = {"faults", "also", "with", "facts", "earlier", "conditions", "items", "repeat", "bare"}


@dataclass(frozen=True)
class Labelled:
    """One entry: the questionnaire, what is known outside it, the rules that must and those that may object."""

    questionnaire: object
    circumstances: Circumstances
    faults: frozenset
    also: frozenset
    number: int


def entries(name="faulty_items"):
    written = yaml.safe_load((DATA / f"{name}.yaml").read_text("utf-8"))
    return [_entry(number, one) for number, one in enumerate(written, start=1)]


def _entry(number, written):
    items = written.get("items") or [{key: value for key, value in written.items() if key not in ASIDE} | {"id": "x"}]
    if "bare" in written:
        items[0]["bare"] = written["bare"]
    if "repeat" in written:
        items = [items[0] | {"id": f"x{place}"} for place in range(written["repeat"])]
    questionnaire = _read(items, written.get("with", {}))
    for item_id, condition in written.get("conditions", {}).items():
        questionnaire = item_changed(
            questionnaire, item_id, lambda item, condition=condition: replace(item, show_if=_condition(condition))
        )
    facts = written.get("facts", {})
    earlier = _read(written["earlier"], {}) if "earlier" in written else None
    circumstances = Circumstances(smallest_unit=facts.get("smallest_unit"), earlier=earlier)
    return Labelled(
        questionnaire, circumstances, frozenset(written["faults"]), frozenset(written.get("also", ())), number
    )


def _read(items, around):
    full = [_full(item) for item in items]
    tree = {**AROUND, **around, "sections": [{"id": "s", "title_zh": "部", "title_en": "S", "items": full}]}
    questionnaire = read_json(json.dumps(tree), "labelled", shared())
    for item in items:
        if item.get("bare"):  # the reader itself adds 不愿说明 to required items
            questionnaire = item_changed(
                questionnaire, item.get("id", "x"),
                lambda one: replace(one, choices=tuple(c for c in one.choices if c.id != "pnts")),
            )  # fmt: skip
    return questionnaire


def _full(item):
    written = {"type": "rating", **{key: value for key, value in item.items() if key not in {"bare", "also"}}}
    return {"scale": "agreement5", "na": True, **written} if written["type"] == "rating" else written


def _condition(written):
    if "all" in written:
        return All(tuple(_condition(part) for part in written["all"]))
    if "ctx" in written:
        return FactCondition(written["ctx"], gte=written.get("gte"), lte=written.get("lte"))
    return ItemCondition(written["item"], in_=tuple(written.get("in", ())), not_in=tuple(written.get("not_in", ())))


def found_in(questionnaire, circumstances):
    """Pairs of rule and language; the language is None for rules that do not go by wording."""
    return {
        (finding.rule.id, finding.place.language if finding.rule.id in WORDING else None)
        for finding in findings(questionnaire, circumstances)
    }


def units(rule):
    return [(rule, "zh"), (rule, "en")] if rule in WORDING else [(rule, None)]


@dataclass
class Measured:
    hits: Counter
    misses: defaultdict
    false_alarms: defaultdict

    def precision(self, rule):
        found = self.hits[rule] + len(self.false_alarms[rule])
        return self.hits[rule] / found if found else float("nan")

    def recall(self, rule):
        wanted = self.hits[rule] + len(self.misses[rule])
        return self.hits[rule] / wanted if wanted else float("nan")


def measured(name="faulty_items"):
    """Hits, misses and false alarms of every rule over the labelled items and the library."""
    result = Measured(Counter(), defaultdict(list), defaultdict(list))
    for entry in entries(name):
        found = found_in(entry.questionnaire, entry.circumstances)
        for rule in entry.faults:
            for unit in units(rule):
                if unit in found:
                    result.hits[rule] += 1
                else:
                    result.misses[rule].append(f"{entry.number}.{unit[1] or ''}")
        for rule, language in found:
            if rule not in entry.faults | entry.also:
                result.false_alarms[rule].append(f"{entry.number}.{language or ''}")
    for document, questionnaire in library().items():
        for finding in findings(questionnaire):
            place = f"{document}.{finding.place.item or finding.place.part}"
            if place not in TRUE_OF_THE_LIBRARY.get(finding.rule.id, ()):
                result.false_alarms[finding.rule.id].append(f"{place}.{finding.place.language or ''}")
    return result


def main(name="faulty_items"):
    result = measured(name)
    print(f"{'rule':26}{'severity':10}{'precision':>10}{'recall':>8}{'labelled':>10}  misses / false alarms")
    for rule in RULES:
        if not result.hits[rule.id] + len(result.misses[rule.id]) + len(result.false_alarms[rule.id]):
            continue
        missed, alarms = result.misses[rule.id], result.false_alarms[rule.id]
        count = result.hits[rule.id] + len(missed)
        print(
            f"{rule.id:26}{rule.severity:10}{result.precision(rule.id):>10.2f}{result.recall(rule.id):>8.2f}{count:>10}"
            f"  {' '.join(missed)} / {' '.join(alarms)}"
        )


if __name__ == "__main__":
    main()
    print("\nheld out")
    main("held_out_items")
