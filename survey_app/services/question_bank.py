"""The question bank: what the library asks and what past polls asked, searchable in both languages, with how it behaved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from questionnaires.items import AnyItem, carried_from
from questionnaires.library import IDS, load, shared
from questionnaires.questionnaire import Questionnaire, texts_in
from questionnaires.texts import Text
from questionnaires.written import written
from survey_app.services import designing, reporting
from survey_app.services.errors import NoSuchPoll
from survey_app.store.engines import Stores

MOST = 40  # shown at once

_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How a question went in a released poll: the base of all in service, and the whole per cent without an opinion."""

    poll: Text
    base: int
    dont_know_percent: int | None


@dataclass(frozen=True, slots=True)
class BankItem:
    """`item`: as documents write it, without the rule that ties it to its neighbours. `source`: library:<id> or poll:<id>."""

    source: str
    source_title: Text
    section: str
    item: Mapping[str, Any]
    text: Text
    before: Behaviour | None


def search(stores: Stores, words: str) -> tuple[tuple[BankItem, ...], int]:
    """The first MOST questions in which every word stands somewhere, and how many there are in all.

    Past polls come first, the latest before the others; a question asked in the same words before is shown once.
    """
    wanted = tuple(words.casefold().split())
    behaviours = _behaviours(stores)
    found: list[BankItem] = []
    seen: set[_Words] = set()
    for source, title, entry in _entries(stores):
        if entry.said not in seen and all(word in entry.letters for word in wanted):
            seen.add(entry.said)
            before = behaviours.get(entry.said)
            found.append(BankItem(source, title, entry.section, entry.tree, entry.text, before))
    return tuple(found[:MOST]), len(found)


@dataclass(frozen=True, slots=True)
class _Entry:
    """`said`: what makes it the same question (its words and choices); `letters`: what can be searched."""

    section: str
    tree: Mapping[str, Any]
    text: Text
    said: _Words
    letters: str


# By fingerprint or library id: what is frozen, or shipped, cannot change.
_remembered: dict[str, tuple[_Entry, ...]] = {}


def _entries(stores: Stores) -> Iterator[tuple[str, Text, _Entry]]:
    """Source, title and question: past polls, the latest first, then the library."""
    for poll in designing.polls(stores):
        try:
            frozen = designing.frozen_poll(stores.ballot_box, poll.poll_id)
        except NoSuchPoll:
            continue
        for entry in _kept(frozen.fingerprint, frozen.questionnaire):
            yield f"poll:{poll.poll_id}", frozen.title, entry
    for name in IDS:
        for entry in _kept(name, load(name)):
            yield f"library:{name}", load(name).title, entry


def _kept(version: str, questionnaire: Questionnaire) -> tuple[_Entry, ...]:
    if version not in _remembered:
        _remembered[version] = tuple(_of(questionnaire))
    return _remembered[version]


def _of(questionnaire: Questionnaire) -> Iterator[_Entry]:
    """The questions that can stand alone: not those that go on from another, wait for words to be
    filled in, belong to a person or to a later stage."""
    tree = written(questionnaire, shared())
    trees = {item["id"]: item for section in tree["sections"] for item in section["items"]}
    for section in questionnaire.sections:
        for item in section.items:
            alone = item.stage == "first" and not item.copy_of and not carried_from(item)
            alone = alone and not any(text.placeholders for text in texts_in(item))
            own_design = trees[item.id].get("design") in tree.get("best_worst_designs", {})
            if item.kind != "info" and alone and not own_design:
                letters = "\n".join(f"{text.zh}\n{text.en or ''}" for text in texts_in(item)).casefold()
                yield _Entry(section.title.zh, _by_itself(trees[item.id]), item.text, said(item), letters)


def _by_itself(tree: Mapping[str, Any]) -> dict[str, Any]:
    """The question without what ties it to its questionnaire."""
    kept = {key: value for key, value in tree.items() if key not in ("show_if", "module", "prefill")}
    for key in ("feeds", "themes"):
        if key in kept:
            kept[key] = [name for name in kept[key] if name in shared().measures]
    return kept


def said(item: AnyItem) -> _Words:
    """The Chinese words of a question and its choices: the same words are the same question."""
    rows = tuple(row.text.zh for row in getattr(item, "rows", ()))
    return (item.kind, item.text.zh, *rows, *(choice.text.zh for choice in item.choices))


def _behaviours(stores: Stores) -> dict[_Words, Behaviour]:
    """By what was said: the latest released poll that asked it."""
    found: dict[_Words, Behaviour] = {}
    for release in reporting.releases(stores):
        for words, behaviour in _released(stores, release.poll_id):
            found.setdefault(words, behaviour)
    return found


def _released(stores: Stores, poll_id: str) -> Iterator[tuple[_Words, Behaviour]]:
    released = reporting.released(stores, poll_id)
    questionnaire = designing.frozen_poll(stores.ballot_box, poll_id).questionnaire
    bases: dict[str, list[tuple[int, int | None]]] = {}
    item_of = {column.column: column.item for column in released.items}
    for figure in released.item_figures:
        if figure.unit == "ALL" and figure.base is not None:
            bases.setdefault(item_of[figure.column], []).append((figure.base, figure.dont_know_percent))
    title = Text(released.poll.title.zh, released.poll.title.en)
    for item_id, figures in bases.items():
        if item_id in questionnaire:
            shares = [share for _base, share in figures if share is not None]
            share = round(sum(shares) / len(shares)) if shares else None
            yield said(questionnaire.item(item_id)), Behaviour(title, max(base for base, _share in figures), share)
