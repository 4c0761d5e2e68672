"""The page's script and the server mean the same: same path, same bytes, on random answers to every questionnaire.

Beside the library, the corpus of small questionnaires: one for each kind of item and condition.
"""

import json
import random
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from questionnaires.answers import Answers, BestWorst, InvalidAnswers, encoded, faults, path
from questionnaires.items import AnyItem, BestWorstItem, MatrixItem, RankItem
from questionnaires.library import library
from questionnaires.page_data import browser_data
from questionnaires.questionnaire import Questionnaire
from questionnaires.variants import Person, publish_variant
from tests.browser.conftest import OPEN_POLL, Served
from tests.questionnaires.strategies import corpus, corpus_names

pytestmark = pytest.mark.browser
ROUNDS = 60
PERSONS = [
    Person(unit, key, {"officer_name": key, "officer_post": "主席"})
    for unit, key in (("b07", "li"), ("b07", "wang"), ("B08", "zhao"))
]
ASKED: dict[str, Questionnaire] = {
    **library(),
    **{f"corpus {name}": corpus(name) for name in corpus_names()},
    "officers by name": publish_variant(library()["officer_appraisal"], persons=PERSONS),
    "corpus persons by name": publish_variant(corpus("per_person"), persons=PERSONS),
    "needs, short form": publish_variant(library()["needs_annual"], short_forms=["a11"]),
}
NUMBERS = ["０３", " 7 ", "007", "-1", "-0", "3.5", "1e3", "三", "9" * 13]
TAILS = {True: [""], False: ["", " \n", "\x07", "\u200d"]}
DATES = ["2026-02-30", "2026-13-01", "1969-12-31", "2200-01-01", "昨天", "2024-02-29"]
IN_THE_BROWSER = """async ([address, items, cases]) => {
  const { walk, fault, encoded } = await import(address);
  return cases.map(([answers, facts]) => {
    const walked = walk(items, answers, facts);
    const wrong = walked.path.filter((item) => item.kind !== 'info' && fault(item, walked)).map((item) => item.id);
    return [walked.path.map((item) => item.id), wrong, wrong.length ? null : encoded(items, walked)];
  });
}"""


def drawn(item: AnyItem, chance: random.Random, *, careful: bool) -> Any:  # noqa: PLR0911 - one return a kind
    """An answer to one item in natural form, None for left blank; a careful person leaves nothing out."""
    ids = [choice.id for choice in item.choices]
    if not careful and chance.random() < 0.15:
        return None
    match item:
        case MatrixItem():
            return {row.id: chance.choice(ids) for row in item.rows if careful or chance.random() < 0.9} or None
        case RankItem():
            return tuple(chance.sample(ids, chance.randint(1, min(item.max_select + (not careful), len(ids)))))
        case BestWorstItem():
            design = chance.randrange(len(item.design))
            screens = tuple(
                tuple(item.choices[at].id for at in chance.sample(screen, 2)) for screen in item.design[design]
            )
            return BestWorst(design, screens)
    match item.kind:
        case "multi":
            alone = [choice.id for choice in item.choices if choice.exclusive]
            others = [one for one in ids if one not in alone]
            most = getattr(item, "max_select", None) if careful else None
            several = tuple(one for one in others if chance.random() < 0.3)[:most]
            return several or (chance.choice(alone or others),)
        case "number":
            return str(chance.randint(0, 10)) if careful else chance.choice([str(chance.randint(-2, 200)), *NUMBERS])
        case "date" if not careful and chance.random() < 0.5:
            return chance.choice(DATES)
        case "date":
            return f"2026-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        case "text":
            longest = item.max_length + (not careful)  # type: ignore[union-attr]
            return (
                chance.choice(["字", "😀", "𠮷"]) * chance.choice([0, 3, longest]) + chance.choice(TAILS[careful])
                or None
            )
    return chance.choice(ids)


def in_script(answer: Any) -> Any:
    if isinstance(answer, BestWorst):
        return {"design": answer.design, "screens": [list(screen) for screen in answer.screens]}
    return list(answer) if isinstance(answer, tuple) else answer


def on_the_server(questionnaire: Questionnaire, answers: Answers, facts: dict[str, int | str]) -> list[Any]:
    wrong = list(dict.fromkeys(fault.item for fault in faults(questionnaire, answers, facts)))
    try:
        flat = encoded(questionnaire, answers, facts).decode()
    except InvalidAnswers:
        flat = None
    return [list(path(questionnaire, answers, facts)), wrong, flat]


@pytest.fixture(scope="module")
def any_page(served: Served, browser: Browser) -> Iterator[Page]:
    """A page of ours: only there may our module be loaded."""
    page = browser.new_page(base_url=served.address)
    page.goto(f"/b/{OPEN_POLL}")
    yield page
    page.close()


@pytest.mark.parametrize("name", sorted(ASKED))
def test_script_and_server_agree_on_path_faults_and_bytes(served: Served, any_page: Page, name: str) -> None:
    questionnaire = ASKED[name]
    chance = random.Random(name)
    asked = [item for item in questionnaire.items if item.kind != "info"]
    cases = [
        (
            {
                item.id: answer
                for item in asked
                if (answer := drawn(item, chance, careful=bool(number % 2))) is not None
            },
            {"branch_members": chance.choice([12, 30, 60, 180]), "unit": chance.choice(["b07", "B08"])},
        )
        for number in range(ROUNDS)
    ]
    sent = [[{item: in_script(answer) for item, answer in answers.items()}, facts] for answers, facts in cases]
    said = any_page.evaluate(
        IN_THE_BROWSER,
        [
            f"{served.address}/static/x/staff/paths.js",
            json.loads(json.dumps(browser_data(questionnaire)["items"])),
            sent,
        ],
    )
    assert said == [on_the_server(questionnaire, answers, facts) for answers, facts in cases]
    assert any(flat for _, _, flat in said), "no case got as far as the bytes"
